#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>
#include <stdlib.h>

/// A resolver with the system's configuration, read anew (resolver(3)); null when there is no memory or none can be
/// read. To be freed by CResolv_close.
static inline void *CResolv_open(int timeout_seconds, int tries) {
    struct __res_state *state = calloc(1, sizeof *state);
    if (state == NULL) return NULL;
    if (res_ninit(state) != 0) {
        free(state);
        return NULL;
    }
    if (state->retrans > timeout_seconds) state->retrans = timeout_seconds;
    if (state->retry > tries) state->retry = tries;
    return state;
}

static inline void CResolv_close(void *resolver) {
    res_nclose((struct __res_state *)resolver);
    free(resolver);
}

/// Asks the server at an IPv4 address instead of the configured ones, without search domains; false when the address
/// is none.
static inline int CResolv_use_server(void *resolver, const char *address, unsigned short port) {
    struct __res_state *state = resolver;
    struct sockaddr_in *server = &state->nsaddr_list[0];
    struct in_addr parsed;
    if (inet_pton(AF_INET, address, &parsed) != 1) return 0;
    server->sin_family = AF_INET;
    server->sin_port = htons(port);
    server->sin_addr = parsed;
    state->nscount = 1;
    state->dnsrch[0] = NULL;
    state->ndots = 1;
    return 1;
}

/// How many dots make a name be asked for as it is before search domains are tried.
static inline int CResolv_ndots(void *resolver) {
    return ((struct __res_state *)resolver)->ndots;
}

/// The search domain at an index; null behind the last.
static inline const char *CResolv_search_domain(void *resolver, int index) {
    return index < 0 || index >= MAXDNSRCH ? NULL : ((struct __res_state *)resolver)->dnsrch[index];
}

/// Asks for records of a type of class IN. The length of the answer, which may exceed the buffer; -1 for a failure,
/// whose h_errno value goes to `failure`.
static inline int CResolv_query(void *resolver, const char *name, int type, unsigned char *answer, int length,
                                int *failure) {
    struct __res_state *state = resolver;
    int result = res_nquery(state, name, ns_c_in, type, answer, length);
    *failure = state->res_h_errno;
    return result;
}

// What Swift needs of OpenSSL 3 and cannot import: macros, and stacks whose accessors are macros.
// Every function here is one call; nothing decides anything.

#ifndef PILLION_COPENSSL_SHIM_H
#define PILLION_COPENSSL_SHIM_H

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/opensslv.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

// SSL_CTX

static inline int COpenSSL_SSL_CTX_set_protocol_range(SSL_CTX *context, int minimum, int maximum) {
    return SSL_CTX_set_min_proto_version(context, minimum) == 1
        && SSL_CTX_set_max_proto_version(context, maximum) == 1;
}

/// Compression, tickets and renegotiation off; the server's order of cipher suites counts.
static inline void COpenSSL_SSL_CTX_set_hardened_options(SSL_CTX *context) {
    SSL_CTX_set_options(
        context,
        SSL_OP_NO_COMPRESSION | SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE
    );
}

/// Buffers given back while a connection is idle; writes may move and may be partial; the chain is sent as it was given.
static inline void COpenSSL_SSL_CTX_set_modes(SSL_CTX *context) {
    SSL_CTX_set_mode(
        context,
        SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_ENABLE_PARTIAL_WRITE
            | SSL_MODE_NO_AUTO_CHAIN
    );
}

static inline void COpenSSL_SSL_CTX_disable_session_cache(SSL_CTX *context) {
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
}

static inline void COpenSSL_SSL_CTX_allow_tickets(SSL_CTX *context) { SSL_CTX_clear_options(context, SSL_OP_NO_TICKET); }

static inline int COpenSSL_SSL_CTX_set_ticket_keys(SSL_CTX *context, const unsigned char *keys, size_t count) {
    return (int)SSL_CTX_set_tlsext_ticket_keys(context, (void *)keys, (long)count);
}

static inline void COpenSSL_SSL_CTX_set_max_cert_list(SSL_CTX *context, long bytes) {
    SSL_CTX_set_max_cert_list(context, bytes);
}

static inline int COpenSSL_SSL_CTX_set1_groups_list(SSL_CTX *context, const char *groups) {
    return (int)SSL_CTX_set1_groups_list(context, groups);
}

static inline int COpenSSL_SSL_CTX_add1_chain_cert(SSL_CTX *context, X509 *certificate) {
    return (int)SSL_CTX_add1_chain_cert(context, certificate);
}

// SSL

static inline int COpenSSL_SSL_set_server_name(SSL *ssl, const char *name) {
    return (int)SSL_set_tlsext_host_name(ssl, name);
}

// BIO

static inline void COpenSSL_BIO_set_retry_read(BIO *bio) { BIO_set_retry_read(bio); }

static inline void COpenSSL_BIO_clear_retry_flags(BIO *bio) { BIO_clear_retry_flags(bio); }

/// The bytes of a memory BIO, which stay its own.
static inline long COpenSSL_BIO_get_mem_data(BIO *bio, char **bytes) { return BIO_get_mem_data(bio, bytes); }

// EVP

static inline EVP_PKEY *COpenSSL_EVP_PKEY_generate_p256(void) { return EVP_EC_gen("P-256"); }

// X.509

/// Writes a name as RFC 2253 does.
static inline int COpenSSL_X509_NAME_print(BIO *bio, const X509_NAME *name) {
    return X509_NAME_print_ex(bio, name, 0, XN_FLAG_RFC2253);
}

static inline int COpenSSL_GENERAL_NAMES_count(const GENERAL_NAMES *names) {
    return names == NULL ? 0 : sk_GENERAL_NAME_num(names);
}

static inline GENERAL_NAME *COpenSSL_GENERAL_NAMES_get(const GENERAL_NAMES *names, int index) {
    return sk_GENERAL_NAME_value(names, index);
}

/// The type (GEN_DNS, GEN_URI, GEN_IPADD, ...) and the string of a name; NULL when the name is not a string.
static inline const ASN1_STRING *COpenSSL_GENERAL_NAME_get0_string(const GENERAL_NAME *name, int *type) {
    const void *value = GENERAL_NAME_get0_value(name, type);
    switch (*type) {
    case GEN_DNS:
    case GEN_URI:
    case GEN_EMAIL:
    case GEN_IPADD:
        return (const ASN1_STRING *)value;
    default:
        return NULL;
    }
}

/// The SHA-256 hash of the encoded SubjectPublicKeyInfo; 1, or 0 when it fails.
static inline int COpenSSL_X509_public_key_digest(const X509 *certificate, unsigned char *digest, unsigned int *length) {
    unsigned char *encoded = NULL;
    int count = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &encoded);
    if (count <= 0) {
        return 0;
    }
    int result = EVP_Digest(encoded, (size_t)count, digest, length, EVP_sha256(), NULL);
    OPENSSL_free(encoded);
    return result;
}

static inline GENERAL_NAMES *COpenSSL_GENERAL_NAMES_new(void) { return sk_GENERAL_NAME_new_null(); }

/// Appends a name of `type` and takes `value` over, also when it fails.
static inline int COpenSSL_GENERAL_NAMES_append(GENERAL_NAMES *names, int type, ASN1_STRING *value) {
    GENERAL_NAME *name = GENERAL_NAME_new();
    if (name == NULL) {
        ASN1_STRING_free(value);
        return 0;
    }
    GENERAL_NAME_set0_value(name, type, value);
    if (sk_GENERAL_NAME_push(names, name) <= 0) {
        GENERAL_NAME_free(name);
        return 0;
    }
    return 1;
}

static inline void COpenSSL_GENERAL_NAMES_free(GENERAL_NAMES *names) { GENERAL_NAMES_free(names); }

/// Adds the subject alternative names (NID_subject_alt_name) to a certificate that is being made.
static inline int COpenSSL_X509_add_alternative_names(X509 *certificate, GENERAL_NAMES *names) {
    return X509_add1_ext_i2d(certificate, NID_subject_alt_name, names, 0, X509V3_ADD_REPLACE);
}

/// Adds an extension from its configuration text. The text must be a constant: its syntax has separators.
static inline int COpenSSL_X509_add_extension(X509 *certificate, X509 *issuer, int nid, const char *text) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, text);
    if (extension == NULL) {
        return 0;
    }
    int added = X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
    return added;
}

#endif

"""Client certificates: every wrong kind fails the handshake, none reaches the probes only, the right one passes."""

import http.client
import pathlib
import shutil
import ssl
import tempfile

from harness import certificates, fixtures, programs
from harness.server import Webhook
from suite.case import fault


def openssl(*words):
    result = programs.run("openssl", *words)
    assert result.returncode == 0, programs.told(result)


def issue(authority, folder, days=None, extensions=(), name="kube-apiserver"):
    """A client's pair with validity or extensions of its own; `days` is (first, last) from today."""
    folder.mkdir(parents=True)
    request, extension = folder / "csr", folder / "ext"
    extension.write_text("\n".join(extensions or ["extendedKeyUsage=clientAuth"]) + "\n")
    openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-subj", f"/CN={name}",
            "-keyout", folder / "tls.key", "-out", request)
    if days is None:
        openssl("x509", "-req", "-in", request, "-CA", authority.certificate, "-CAkey", authority.key, "-days", "2",
                "-extfile", extension, "-out", folder / "tls.crt")
        return folder
    # `openssl ca` can date a certificate freely.
    (folder / "index").write_text("")
    (folder / "serial").write_text("1000")
    settings = folder / "ca.cnf"
    settings.write_text(
        f"[ca]\ndefault_ca=c\n[c]\ndatabase={folder}/index\nserial={folder}/serial\nnew_certs_dir={folder}\n"
        "default_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n"
    )
    openssl("ca", "-batch", "-config", settings, "-in", request, "-cert", authority.certificate, "-keyfile",
            authority.key, "-startdate", days[0], "-enddate", days[1], "-extfile", extension, "-notext", "-out",
            folder / "tls.crt")
    return folder


def chain(authority, folder, depth):
    """A pair behind so many intermediate authorities."""
    signer, links = authority, []
    for level in range(depth):
        place = issue(signer, folder / str(level), name=f"level {level}",
                      extensions=["basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign"])
        links.insert(0, (place / "tls.crt").read_bytes())
        signer = type("Signer", (), {"certificate": place / "tls.crt", "key": place / "tls.key"})
    leaf = issue(signer, folder / "leaf")
    (leaf / "tls.crt").write_bytes((leaf / "tls.crt").read_bytes() + b"".join(links))
    return leaf


def outcome(webhook, pair):
    """`refused`, or the status of a review."""
    try:
        connection = webhook.connection(pair, seconds=10)
        try:
            return connection.mutate(fixtures.body("minimal"))[0]
        finally:
            connection.close()
    except (ssl.SSLError, OSError, http.client.HTTPException):
        return "refused"


def wrong_pairs(folder, authority):
    other = certificates.Authority(folder / "other", "Client CA")
    alone = certificates.Authority(folder / "alone", "kube-apiserver")
    (folder / "selfsigned").mkdir()
    shutil.copy(alone.certificate, folder / "selfsigned" / "tls.crt")
    shutil.copy(alone.key, folder / "selfsigned" / "tls.key")
    yield "self-signed", folder / "selfsigned"
    yield "of another authority", issue(other, folder / "foreign")
    yield "expired", issue(authority, folder / "expired", ("200101000000Z", "210101000000Z"))
    yield "not valid yet", issue(authority, folder / "early", ("480101000000Z", "490101000000Z"))
    yield "for servers", issue(authority, folder / "usage", extensions=["extendedKeyUsage=serverAuth"])
    yield "behind ten authorities", chain(authority, folder / "deep", 10)
    yield "with a name of 20 KB", issue(authority, folder / "long", extensions=[
        "extendedKeyUsage=clientAuth", "subjectAltName=" + ",".join(f"DNS:n{n}.example.example.example" for n in range(700))])


@fault(11, "The matrix of client certificates", seconds=180)
def matrix(run):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="pillion-fault-"))
    try:
        authority = certificates.Authority(folder / "ca", "Client CA")
        with Webhook(client_authority=authority.certificate) as webhook:
            for title, pair in wrong_pairs(folder, authority):
                run.equal(f"{title}", outcome(webhook, pair), "refused")
            run.equal("without one: a review", outcome(webhook, None), 403)
            connection = webhook.connection()
            run.equal("without one: the probe", connection.ask("GET", "/readyz")[0], 200)
            connection.close()
            run.equal("the right one", outcome(webhook, issue(authority, folder / "right")), 200)
            webhook.alive()
        names_and_revocation(run, folder, authority)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def names_and_revocation(run, folder, authority):
    """A right authority is not enough where names are listed, or where the certificate was revoked."""
    help_text = programs.run(programs.pillion, "webhook", "--help").stdout.decode()
    if "--client-name" not in help_text:
        run.note("NOT RUN: a wrong name; this program has no --client-name")
    else:
        named = issue(authority, folder / "named", name="kube-apiserver")
        stranger = issue(authority, folder / "stranger", name="stranger")
        with Webhook(client_authority=authority.certificate, options=["--client-name", "kube-apiserver"]) as webhook:
            run.equal("an allowed name", outcome(webhook, named), 200)
            run.equal("another name is served", outcome(webhook, stranger) == 200, False)
    if "--client-crl" not in help_text:
        return run.note("NOT RUN: a revoked certificate; this program has no --client-crl")
    revoked, good = issue(authority, folder / "revoked"), issue(authority, folder / "good")
    lists = revoke(authority, folder / "crl", revoked / "tls.crt")
    with Webhook(client_authority=authority.certificate, options=["--client-crl", lists]) as webhook:
        run.equal("revoked", outcome(webhook, revoked), "refused")
        run.equal("not revoked", outcome(webhook, good), 200)


def revoke(authority, folder, certificate):
    """A list of one revoked certificate."""
    folder.mkdir()
    (folder / "index").write_text("")
    (folder / "number").write_text("01\n")
    settings = folder / "ca.cnf"
    settings.write_text(
        f"[ca]\ndefault_ca=c\n[c]\ndatabase={folder}/index\ncrlnumber={folder}/number\ndefault_md=sha256\n"
        "default_crl_days=2\n"
    )
    signer = ["-config", settings, "-cert", authority.certificate, "-keyfile", authority.key]
    openssl("ca", *signer, "-revoke", certificate)
    openssl("ca", *signer, "-gencrl", "-out", folder / "crl.pem")
    return folder / "crl.pem"

"""What the field's own scanners say of the TLS port."""

import json
import pathlib
import shutil
import sys
import tempfile

from harness import programs
from harness.server import Webhook
from suite.case import NotRun, fault


@fault(102, "testssl.sh finds nothing", fast=False, seconds=600)
def testssl(run):
    program = shutil.which("testssl") or shutil.which("testssl.sh")
    if program is None:
        raise NotRun("not installed here: testssl.sh")
    with Webhook() as webhook, tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder) / "report.json"
        result = programs.run(
            program, "--quiet", "--warnings", "off", "--color", "0", "--jsonfile", report, "--protocols",
            "--server-preference", "--fs", "--vulnerable", "--std", "--ip", "127.0.0.1",
            f"127.0.0.1:{webhook.port}", seconds=550,
        )
        assert report.exists(), programs.told(result)[-2000:]
        findings = json.loads(report.read_text())
        webhook.alive()
    run.least("things that were looked at", len(findings), 30)
    bad = [f for f in findings if f["severity"] in ("LOW", "MEDIUM", "HIGH", "CRITICAL")]
    run.equal(f"findings of weight among {len(findings)}", len(bad), 0)
    for finding in bad[:10]:
        run.note(f"{finding['id']}: {finding['finding']}")


@fault(103, "sslyze finds Mozilla's intermediate configuration", fast=False, seconds=300)
def sslyze(run):
    program = shutil.which("sslyze", path=str(pathlib.Path(sys.executable).parent)) or shutil.which("sslyze")
    if program is None:
        raise NotRun("not installed here: sslyze (hack/faults.sh installs it)")
    with Webhook() as webhook:
        result = programs.run(
            program, "--mozilla_config=intermediate", f"--certinfo_ca_file={webhook.authority.certificate}",
            f"127.0.0.1:{webhook.port}", seconds=250,
        )
        webhook.alive()
    text = result.stdout.decode(errors="replace")
    verdict = text.partition("COMPLIANCE AGAINST")[2]
    run.equal("exit status", result.returncode, 0)
    for line in verdict.splitlines()[1:12]:
        if line.strip():
            run.note(line.strip())

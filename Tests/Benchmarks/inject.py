"""What `pillion inject` costs over a folder of manifests, beside a process for each of them.

    inject.py PILLION CATALOG

Writes 1,000 and 10,000 Deployments with comments into folders of its own, injects each folder in one go, and pipes
some of the manifests one by one through processes of their own. Ends with 1 when time does not grow with the number
of files, or a process each is not at least 20 times slower.
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import time

MANIFEST = """\
# Deployment of {name}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {name}
  namespace: shop   # where the shop lives
spec:
  replicas: 2
  selector:
    matchLabels: {{app: {name}}}
  template:
    metadata:
      labels: {{app: {name}}}
      annotations:
        pillion.dev/inject: log-shipper, proxy
        proxy.pillion.dev/port: "8080"
    spec:
      containers:
        - name: app
          image: registry.example/{name}:1.0.0
          ports: [{{containerPort: 8080}}]
"""
SINGLE = 100


def measured(command, text=None):
    """Seconds, CPU seconds and the largest resident size in MiB of a command that must succeed."""
    started = time.monotonic()
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE if text else subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    if text:
        process.stdin.write(text)
        process.stdin.close()
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"inject.py: {' '.join(map(str, command))} ended with {os.waitstatus_to_exitcode(status)}")
    return time.monotonic() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    pillion, catalog = sys.argv[1:3]
    command = [pillion, "inject", "--catalog", catalog, "-f"]
    each = {}
    with tempfile.TemporaryDirectory() as folder:
        for count in (1_000, 10_000):
            directory = pathlib.Path(folder, str(count))
            directory.mkdir()
            for number in range(count):
                name = f"web-{number:05}"
                (directory / f"{name}.yaml").write_text(MANIFEST.format(name=name))
            seconds, processor, memory = measured([*command, directory])
            each[count] = seconds / count
            print(f"  {count:,} manifests in one folder: {seconds:.2f} s, {processor:.2f} s of CPU, "
                  f"at most {memory:.0f} MiB")
    texts = [MANIFEST.format(name=f"web-{number:05}").encode() for number in range(SINGLE)]
    started = time.monotonic()
    for text in texts:
        measured([*command, "-"], text)
    alone = (time.monotonic() - started) / SINGLE
    growth, gain = each[10_000] / each[1_000], alone / each[10_000]
    print(f"  a manifest: {each[10_000] * 1e3:.2f} ms in a folder of 10,000 ({growth:.2f} of that in 1,000), "
          f"{alone * 1e3:.1f} ms in a process of its own: {gain:.0f} times")
    sys.exit(0 if growth < 1.5 and gain >= 20 else 1)


main()

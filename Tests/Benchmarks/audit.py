"""What `pillion audit` costs over live pods, as `kubectl get pods -A -o json` prints them.

    audit.py POD PODS COMMAND...

Sends COMMAND a List of PODS copies of the pod in the file POD, each with a name of its own. Ends with 1 when the
command fails or takes 1 GiB.
"""

import json, os, subprocess, sys, time

pod = json.load(open(sys.argv[1]))
pod["metadata"] |= {"name": "PILLION", "namespace": "shop", "uid": "PILLION"}
text = json.dumps(pod, indent=4).encode()
started = time.monotonic()
process = subprocess.Popen(sys.argv[3:], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
process.stdin.write(b'{"apiVersion": "v1", "items": [')
sent = 0
for number in range(int(sys.argv[2])):
    item = text.replace(b"PILLION", b"web-%d" % number)
    sent += len(item)
    process.stdin.write(item if number == 0 else b"," + item)
process.stdin.write(b'], "kind": "List"}')
process.stdin.close()
told = process.stderr.read().decode().strip()
_, status, usage = os.wait4(process.pid, 0)
seconds = time.monotonic() - started
print(f"  {sys.argv[2]} pods, {sent / 1e6:.0f} MB: {seconds:.1f} s, {usage.ru_utime + usage.ru_stime:.1f} s of CPU, "
      f"at most {usage.ru_maxrss / 1024:.0f} MiB: {told}")
sys.exit(0 if os.waitstatus_to_exitcode(status) in (0, 1) and usage.ru_maxrss < 1 << 20 else 1)

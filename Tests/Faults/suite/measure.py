"""What the kernel knows about a process."""

import os
import pathlib
import resource
import shutil

from .case import NotRun

ticks = os.sysconf("SC_CLK_TCK")


def memory(process, field="VmRSS"):
    """A line of /proc/PID/status in MiB: VmRSS, RssAnon, or VmHWM for the most since `forget_peak`."""
    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith(field + ":"):
            return int(line.split()[1]) / 1024
    raise KeyError(field)


def forget_peak(process):
    """Makes VmHWM start again at what is resident now."""
    pathlib.Path(f"/proc/{process.pid}/clear_refs").write_text("5")


def cpu_seconds(process):
    """User and system time so far."""
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / ticks


def need(*tools):
    """Ends the case as not run where a program is missing."""
    missing = [tool for tool in tools if shutil.which(tool) is None]
    if missing:
        raise NotRun(f"not installed here: {', '.join(missing)}")


def need_root():
    if os.geteuid() != 0:
        raise NotRun("needs root, for namespaces or control groups")


def raise_descriptor_limit(wanted):
    """Allows this process and those it starts so many open files, or ends the case as not run."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        if hard != resource.RLIM_INFINITY and hard < wanted:
            raise NotRun(f"needs {wanted} open files; the limit is {hard}")
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))

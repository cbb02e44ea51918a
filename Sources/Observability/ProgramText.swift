import Glibc

/// The machine code of the program and its libraries, mapped from their files.
public enum ProgramText {
    /// Lets go of the code that only the start needed; serving needs a fraction of it.
    ///
    /// Whatever is needed again is taken from the page cache when it runs. Only mappings that are executable, come from
    /// a file and cannot be written are touched: read-only data holds relocated pointers, which no file has. Does
    /// nothing where `/proc` is absent.
    public static func release() {
        for range in ProcFile.mappings().lazy.compactMap(codeRange) {
            // Safety: the kernel named this mapping, and its pages equal those of the file that it can read again.
            _ = unsafe madvise(UnsafeMutableRawPointer(bitPattern: range.lowerBound), range.count, MADV_DONTNEED)
        }
    }

    /// The addresses of a line of `/proc/self/maps` (proc_pid_maps(5)) when it maps code from a file.
    static func codeRange(_ line: Substring) -> Range<UInt>? {
        let fields = line.split(separator: " ", maxSplits: 5)
        guard fields.count > 5, fields[1] == "r-xp", fields[4] != "0" else { return nil }
        let bounds = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
        guard bounds.count == 2, bounds[0] < bounds[1] else { return nil }
        return bounds[0]..<bounds[1]
    }
}

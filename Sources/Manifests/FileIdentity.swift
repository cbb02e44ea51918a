/// What a path leads to, links followed: equal for two paths to the same file or folder.
struct FileIdentity: Hashable {
    let device: UInt64
    let inode: UInt64
}

/// Values whose containers are still open, the innermost container's last; a whole run leaves as one array.
///
/// An array for each container would be allocated again while it grows, and taking a run out of a shared array would
/// count references. Here every run is moved once, into an array of just its size.
@safe struct PendingStack<Element>: ~Copyable {
    // Safety: only this type has the pointer; the first `count` places are initialised, and there are `capacity`.
    private var storage: UnsafeMutablePointer<Element>
    private var capacity: Int
    /// How many values there are.
    private(set) var count = 0

    /// Makes a stack with room for so many values before it grows.
    init(capacity: Int) {
        self.capacity = max(1, capacity)
        unsafe storage = .allocate(capacity: capacity)
    }

    deinit {
        unsafe storage.deinitialize(count: count)
        unsafe storage.deallocate()
    }

    /// Puts a value behind the others.
    @inline(__always)
    mutating func append(_ element: consuming Element) {
        if count == capacity { grow() }
        // Safety: the place is within the capacity and holds nothing.
        unsafe (storage + count).initialize(to: element)
        count &+= 1
    }

    /// Takes out the last value.
    mutating func popLast() -> Element? {
        guard count > 0 else { return nil }
        count &-= 1
        // Safety: the place is initialised, and counts no longer.
        return unsafe (storage + count).move()
    }

    /// Takes out all values from `start` on.
    @inline(__always)
    mutating func removeAll(from start: Int) -> [Element] {
        guard start >= 0, start < count else { return [] }
        // Not `unsafeUninitializedCapacity`, which looks the array's type up at run time.
        var array: [Element] = []
        array.reserveCapacity(count - start)
        for index in start..<count {
            // Safety: the places are initialised, and count no longer when they have been moved from.
            array.append(unsafe (storage + index).move())
        }
        count = start
        return array
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
        // Safety: all initialised places are moved, and there is room for twice as many.
        unsafe larger.moveInitialize(from: storage, count: count)
        unsafe storage.deallocate()
        unsafe storage = larger
        capacity *= 2
    }
}

extension PendingStack where Element == JSONObject.Member {
    /// Where a member from `start` on has the name of the last one, before that.
    @inline(__always)
    func namesakeOfLast(from start: Int) -> Int? {
        let last = count &- 1
        var index = max(start, 0)
        guard index < last else { return nil }
        // Safety: all places below the count are initialised.
        let length = unsafe storage[last].key.utf8.count
        while index < last {
            if unsafe storage[index].key.utf8.count == length,
                unsafe storage[index].key.hasSameBytes(as: storage[last].key)
            {
                return index
            }
            index &+= 1
        }
        return nil
    }

    /// Where a member that `names` knows has the name of the one at `place`; if none has it, that one is noted there.
    func namesake(ofMemberAt place: Int, in names: inout NameIndex) -> Int? {
        guard place >= 0, place < count else { return nil }
        var hasher = Hasher()
        // Safety: the place is initialised, and so are those that are known, which are earlier ones.
        unsafe storage[place].key.hashBytes(into: &hasher)
        return names.find(hasher.finalize(), orAdd: place) {
            $0 < count && (unsafe storage[$0].key.hasSameBytes(as: storage[place].key))
        }
    }

    /// Gives the last member its value.
    @inline(__always)
    mutating func setLastValue(_ value: consuming JSONValue) {
        setValue(value, at: count &- 1)
    }

    /// Gives the member at a place another value.
    @inline(__always)
    mutating func setValue(_ value: consuming JSONValue, at index: Int) {
        guard index >= 0, index < count else { return }
        // Safety: the place is initialised.
        unsafe storage[index].value = value
    }
}

/// Which reviews an event loop answers, and which it turns away because it cannot keep up, as a value.
///
/// ```
/// calm --a turn took longer than longestTurn--> overloaded
/// overloaded --neither that nor a refusal for calmAfter--> calm
/// ```
///
/// A calm loop answers everything: a burst waits a little, which is better than a refusal that costs its client a
/// second. An overloaded one answers only a few reviews a turn (one pass over the sockets that have something) and refuses
/// the rest at once, so that a refusal comes within milliseconds and the work that is done is worth it.
struct OverloadState {
    /// When a loop counts as overloaded, and what it then does.
    struct Settings {
        /// The longest turn of a loop that keeps up.
        var longestTurn = Duration.milliseconds(100)
        /// How many reviews of a turn an overloaded loop answers.
        var reviewsPerTurn = 8
        /// How long an overload lasts after its last sign: as long as the refused are told to wait.
        var calmAfter = Duration.seconds(1)
    }

    private let settings: Settings
    private var lastSign: ContinuousClock.Instant?
    private var reviewsInTurn = 0

    /// Begins calm.
    init(_ settings: Settings = Settings()) {
        self.settings = settings
    }

    /// Whether the loop is overloaded.
    var isOverloaded: Bool { lastSign != nil }

    /// Notes that a turn which ended at `now` took `time`.
    mutating func note(turn time: Duration, endedAt now: ContinuousClock.Instant) {
        if time > settings.longestTurn { lastSign = now }
    }

    /// Whether the review that is at hand at `now` is answered.
    mutating func admit(at now: ContinuousClock.Instant) -> Bool {
        guard let lastSign else { return true }
        guard now - lastSign < settings.calmAfter else {
            self.lastSign = nil
            reviewsInTurn = 0
            return true
        }
        guard reviewsInTurn < settings.reviewsPerTurn else {
            self.lastSign = now
            return false
        }
        reviewsInTurn += 1
        return true
    }

    /// Begins a new turn.
    mutating func endTurn() {
        reviewsInTurn = 0
    }
}

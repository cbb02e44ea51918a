import CertificateRotation

extension RotationPlannerTests {
    private static let held = RotationFacts.Held(authority: authority, serving: serving)
    static let renewed = ServingFacts(CertificateFacts("renewed", from: 1490, to: 1580), issuer: "authority")
    private static let promoted = ServingFacts(CertificateFacts("promoted", from: 1520, to: 1610), issuer: "next")

    static let creation: [Row] = [
        Row("nothing at all", RotationFacts(now: 1000), .create, serves: false),
        Row("an expired authority", RotationFacts(authority: expired, now: 1000), .create, serves: false),
        Row(
            "an emptied Secret, and a replica that serves",
            RotationFacts(held: held, now: 1000),
            .restore,
            serves: false
        ),
        Row(
            "an emptied Secret, and a replica whose own authority has expired",
            RotationFacts(held: .init(authority: expired, serving: serving), now: 1000),
            .create,
            serves: false
        ),
        Row("a next authority alone", RotationFacts(next: next, now: 1600), .promote, serves: false),
        Row(
            "two expired authorities",
            RotationFacts(authority: expired, next: expired, now: 1000),
            .create,
            serves: false
        ),
        Row(
            "an authority of the future",
            RotationFacts(authority: CertificateFacts("x", from: 9000, to: 9900), now: 1000),
            nil,
            serves: false
        ),
        Row(
            "an authority that begins a little later than our clock says",
            RotationFacts(authority: CertificateFacts("x", from: 1200, to: 2100), now: 1000),
            .renew,
            serves: false
        ),
    ]

    static let servingCertificates: [Row] = [
        Row("an authority alone", RotationFacts(authority: authority, now: 1000), .renew, serves: false),
        Row("all in order", RotationFacts(authority: authority, serving: serving, now: 1000), nil, serves: true),
        Row(
            "a serving certificate that is due",
            RotationFacts(authority: authority, serving: serving, now: 1050),
            .renew,
            serves: true
        ),
        Row(
            "one that is not quite due",
            RotationFacts(authority: authority, serving: serving, now: 1049),
            nil,
            serves: true
        ),
        Row(
            "one that has expired",
            RotationFacts(authority: authority, serving: serving, now: 1081),
            .renew,
            serves: false
        ),
        Row(
            "one of another authority",
            RotationFacts(
                authority: authority,
                serving: ServingFacts(serving.certificate, issuer: "next"),
                next: next,
                now: 1000
            ),
            .renew,
            serves: false
        ),
        Row(
            "one of an unknown authority",
            RotationFacts(authority: authority, serving: ServingFacts(serving.certificate, issuer: nil), now: 1000),
            .renew,
            serves: false
        ),
        Row(
            "one without our names",
            RotationFacts(
                authority: authority,
                serving: ServingFacts(serving.certificate, issuer: "authority", hasNames: false),
                now: 1000
            ),
            .renew,
            serves: false
        ),
        Row(
            "one that ends with its authority is not renewed over and over",
            RotationFacts(
                authority: authority,
                serving: ServingFacts(CertificateFacts("s", from: 1750, to: 1800), issuer: "authority"),
                next: CertificateFacts("next", from: 1700, to: 2600),
                now: 1795
            ),
            nil,
            serves: true
        ),
    ]

    static let authorities: [Row] = [
        Row(
            "an authority that is due",
            RotationFacts(authority: authority, serving: renewed, now: 1500),
            .introduce,
            serves: true
        ),
        Row(
            "a next one that nobody trusts yet",
            RotationFacts(authority: authority, serving: renewed, next: next, now: 1510),
            nil,
            serves: true
        ),
        Row(
            "a next one trusted for what may be less than the grace",
            RotationFacts(authority: authority, serving: renewed, next: next, trustedSince: ["next": 1500], now: 1510),
            nil,
            serves: true
        ),
        Row(
            "a next one trusted for the grace",
            RotationFacts(authority: authority, serving: renewed, next: next, trustedSince: ["next": 1499], now: 1510),
            .promote,
            serves: true
        ),
        Row(
            "a next one trusted, but a configuration could not be read",
            RotationFacts(
                authority: authority,
                serving: renewed,
                next: next,
                trustedSince: ["next": 1499],
                isPublicationKnown: false,
                now: 1510
            ),
            nil,
            serves: true
        ),
        Row(
            "a next one that waited until it was due itself",
            RotationFacts(
                authority: CertificateFacts("authority", from: 900, to: 5000),
                serving: ServingFacts(CertificateFacts("s", from: 2100, to: 2190), issuer: "authority"),
                next: next,
                now: 2100
            ),
            .introduce,
            serves: true
        ),
        Row(
            "an expired authority, and a next one whoever trusts it",
            RotationFacts(authority: expired, serving: serving, next: next, now: 1600),
            .promote,
            serves: false
        ),
        Row(
            "a previous one that has expired",
            RotationFacts(authority: authority, serving: serving, previous: [expired], now: 1000),
            .retire,
            serves: true
        ),
        Row(
            "a previous one that has not",
            RotationFacts(
                authority: authority,
                serving: serving,
                previous: [CertificateFacts("p", from: 0, to: 1000)],
                now: 1000
            ),
            nil,
            serves: true
        ),
    ]

    static let handover: [Row] = [
        Row(
            "another authority than the one held, unlisted",
            RotationFacts(
                authority: next,
                serving: promoted,
                held: .init(authority: authority, serving: renewed),
                now: 1521
            ),
            .overlap,
            serves: false
        ),
        Row(
            "a new authority that is not trusted yet",
            RotationFacts(
                authority: next,
                serving: promoted,
                previous: [authority],
                held: .init(authority: authority, serving: renewed),
                now: 1521
            ),
            nil,
            serves: false
        ),
        Row(
            "a new authority that is trusted",
            RotationFacts(
                authority: next,
                serving: promoted,
                previous: [authority],
                held: .init(authority: authority, serving: renewed),
                trustedSince: ["next": 1505],
                now: 1521
            ),
            nil,
            serves: true
        ),
        Row(
            "a new authority that is not trusted, and the certificate held has expired",
            RotationFacts(
                authority: next,
                serving: ServingFacts(CertificateFacts("p", from: 1570, to: 1660), issuer: "next"),
                previous: [authority],
                held: .init(authority: authority, serving: renewed),
                now: 1581
            ),
            nil,
            serves: true
        ),
        Row(
            "a new authority of which nothing is known, and the certificate held is due",
            RotationFacts(
                authority: next,
                serving: promoted,
                previous: [authority],
                held: .init(authority: authority, serving: renewed),
                isPublicationKnown: false,
                now: 1550
            ),
            nil,
            serves: true
        ),
        Row(
            "a renewed certificate of the authority held",
            RotationFacts(authority: authority, serving: renewed, held: held, now: 1495),
            nil,
            serves: true
        ),
    ]
}

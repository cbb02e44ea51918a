/// The style sheet of pictures: light, and dark where the reader's screen is.
///
/// Every rule stands below the class of the picture, so that a page that holds the picture keeps its own look.
enum PictureStyle {
    /// The colours of the lanes of shared volumes, light and dark; a picture has no more lanes than this.
    private static let lanes = [
        ("#8250df", "#a371f7"), ("#bf8700", "#d29922"), ("#0969da", "#58a6ff"), ("#cf222e", "#ff7b72"),
        ("#1b7c83", "#39c5cf"), ("#bf3989", "#f778ba"),
    ]

    /// How many lanes a picture can have.
    static var laneCount: Int { lanes.count }

    /// The style sheet.
    static var sheet: String {
        let light = lanes.enumerated().map { rules(lane: $0.offset, colour: $0.element.0) }
        let dark = lanes.enumerated().map { rules(lane: $0.offset, colour: $0.element.1) }
        return """

            .pillion text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans",Arial,sans-serif;font-size:12px;fill:#1f2328}
            .pillion .title{font-size:17px;font-weight:600}
            .pillion .name{font-size:13px;font-weight:600}
            .pillion .heading{font-size:11px;font-weight:600;letter-spacing:.06em}
            .pillion .small{font-size:11px}
            .pillion .code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:10.5px}
            .pillion .strong{font-weight:600}
            .pillion .lane{stroke-width:2;fill:none}
            .pillion .timeline{stroke-width:2}
            .pillion .absent{stroke-dasharray:5 4}
            \(colours(light: true))\(light.joined())
            @media (prefers-color-scheme:dark){\(colours(light: false))\(dark.joined())}

            """
    }

    private static func rules(lane: Int, colour: String) -> String {
        ".pillion .stroke\(lane){stroke:\(colour)}.pillion .fill\(lane){fill:\(colour)}"
    }

    private static func colours(light: Bool) -> String {
        func pick(_ day: String, _ night: String) -> String { light ? day : night }
        let muted = pick("#59636e", "#9198a1")
        let line = pick("#d1d9e0", "#3d444d")
        let (green, greenPaper) = (pick("#1a7f37", "#3fb950"), pick("#dafbe1", "#12261e"))
        let (red, redPaper) = (pick("#d1242f", "#f85149"), pick("#ffebe9", "#25171c"))
        return """
            .pillion .paper{fill:\(pick("#ffffff", "#0d1117"))}\
            .pillion text{fill:\(pick("#1f2328", "#f0f6fc"))}\
            .pillion .muted{fill:\(muted)}\
            .pillion .panel{fill:\(pick("#f6f8fa", "#151b23"));stroke:\(line)}\
            .pillion .card{fill:\(pick("#ffffff", "#0d1117"));stroke:\(line)}\
            .pillion .added{fill:\(greenPaper);stroke:\(green)}\
            .pillion .bar{fill:\(green)}\
            .pillion .good{fill:\(green)}\
            .pillion .bad{fill:\(red)}\
            .pillion .warning{fill:\(pick("#9a6700", "#d29922"))}\
            .pillion .alert{fill:\(redPaper);stroke:\(red)}\
            .pillion .chip{fill:\(pick("#eff2f5", "#212830"))}\
            .pillion .timeline,.pillion .rule{stroke:\(line)}\
            .pillion .step{fill:\(pick("#59636e", "#656c76"))}\
            .pillion .number{fill:#ffffff;font-size:11px;font-weight:600}
            """
    }
}

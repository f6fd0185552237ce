/// A poster drawn from a film's title: the same title has the same poster.
///
/// What matters lies in the middle, so that a page may crop the picture to any shape.
struct Poster {
    /// A palette's colors.
    struct Palette {
        let ground: String
        let deep: String
        let main: String
        let light: String
    }

    private static let palettes = [
        Palette(ground: "#14213d", deep: "#0b1428", main: "#e0a458", light: "#f6e7cb"),
        Palette(ground: "#2c1a47", deep: "#190d2b", main: "#c58fd9", light: "#f6dff0"),
        Palette(ground: "#3a1220", deep: "#220910", main: "#d96c57", light: "#f4d6c1"),
        Palette(ground: "#0f3b3a", deep: "#08211f", main: "#8cc7a1", light: "#eef4da"),
        Palette(ground: "#7a2e1d", deep: "#441508", main: "#f0b36a", light: "#fbeccd"),
        Palette(ground: "#1d3557", deep: "#0e1c31", main: "#84b6d8", light: "#edf3f1"),
    ]
    private static let motifs = [
        PosterMotif.arches, PosterMotif.moon, PosterMotif.beams, PosterMotif.waves, PosterMotif.stairs,
        PosterMotif.curtain, PosterMotif.planet, PosterMotif.lanterns,
    ]
    /// Gives the sandbox cinema's films different posters.
    private static let seed: UInt64 = 60_505

    /// The poster as markup; it has no text, because the title stands beside it.
    let svg: String

    init(_ title: String) {
        // FNV-1a: `Hasher` gives other numbers in each process.
        let hash = title.utf8.reduce(Self.seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        let palette = Self.palettes[Int(hash >> 8 & 0xffff) % Self.palettes.count]
        let motif = Self.motifs[Int(hash >> 24 & 0xffff) % Self.motifs.count]
        svg = """
            <svg class="poster" viewBox="0 0 400 400" preserveAspectRatio="xMidYMid slice" aria-hidden="true">\
            <rect width="400" height="400" fill="\(palette.ground)"/>\(motif(palette))</svg>
            """
    }
}

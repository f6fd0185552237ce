/// What posters show, in a square of 400.
enum PosterMotif {
    /// A stage within arches.
    static func arches(_ palette: Poster.Palette) -> String {
        let rings = [
            (160, palette.deep), (130, palette.main), (100, palette.deep), (70, palette.light), (38, palette.main),
        ]
        return rings.map { radius, color in
            "<path fill=\"\(color)\" d=\"M\(200 - radius) 400V248a\(radius) \(radius) 0 0 1 \(2 * radius) 0v152z\"/>"
        }.joined()
    }

    /// A moon over hills.
    static func moon(_ palette: Poster.Palette) -> String {
        """
        <circle cx="206" cy="176" r="74" fill="\(palette.light)"/>\
        <circle cx="180" cy="160" r="60" fill="\(palette.main)" opacity=".45"/>\
        <path fill="\(palette.main)" d="M0 256q96-70 190-8t210-38v190H0z"/>\
        <path fill="\(palette.deep)" d="M0 300q104-56 214 4t186-30v126H0z"/>
        """
    }

    /// Somebody in the beams of two lights.
    static func beams(_ palette: Poster.Palette) -> String {
        """
        <path fill="\(palette.main)" opacity=".5" d="M60 0h44l156 268H120z"/>\
        <path fill="\(palette.light)" opacity=".62" d="M340 0h-44L140 268h140z"/>\
        <ellipse cx="200" cy="268" rx="112" ry="20" fill="\(palette.light)"/>\
        <path fill="\(palette.deep)" d="M0 300h400v100H0zM182 268q-2-56 18-56t18 56z"/>\
        <circle cx="200" cy="197" r="15" fill="\(palette.deep)"/>
        """
    }

    /// A sun over waves.
    static func waves(_ palette: Poster.Palette) -> String {
        let sea = [(214, palette.main), (250, palette.deep), (286, palette.main), (322, palette.deep)].map { y, color in
            "<path fill=\"\(color)\" d=\"M0 \(y)q50-30 100 0t100 0 100 0 100 0V400H0z\"/>"
        }
        return "<circle cx=\"200\" cy=\"176\" r=\"82\" fill=\"\(palette.light)\"/>" + sea.joined()
    }

    /// Stairs to a door.
    static func stairs(_ palette: Poster.Palette) -> String {
        let steps = (0..<7).map { step in
            let (x, y) = (60 + step * 26, 372 - 28 * step)
            let color = step.isMultiple(of: 2) ? palette.deep : palette.main
            return "<path fill=\"\(color)\" d=\"M\(x) \(y)H400v28H\(x)z\"/>"
        }
        return "<path fill=\"\(palette.light)\" d=\"M232 204v-66a44 44 0 0 1 88 0v66z\"/>" + steps.joined()
    }

    /// An open curtain.
    static func curtain(_ palette: Poster.Palette) -> String {
        let folds = [(92, palette.deep), (62, palette.main), (32, palette.deep)].map { width, color in
            """
            <path fill="\(color)" d="M0 0h\(width + 26)q10 210-\(width / 2) 400H0z"/>\
            <path fill="\(color)" d="M400 0h-\(width + 26)q-10 210 \(width / 2) 400h\(26 + width / 2)z"/>
            """
        }
        return """
            <circle cx="200" cy="204" r="78" fill="\(palette.light)"/>\
            <path fill="\(palette.main)" d="M0 262h400v138H0z"/><path fill="\(palette.deep)" d="M0 290h400v110H0z"/>
            """ + folds.joined()
    }

    /// A planet with its ring, and stars.
    static func planet(_ palette: Poster.Palette) -> String {
        let stars = [(70, 120), (118, 262), (330, 112), (344, 236), (276, 300), (90, 190), (300, 170)].map { x, y in
            "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"3\" fill=\"\(palette.light)\"/>"
        }
        let ring = "transform=\"rotate(-18 200 200)\" fill=\"none\" stroke=\"\(palette.light)\" stroke-width=\"9\""
        return stars.joined() + """
            <ellipse cx="200" cy="200" rx="134" ry="28" \(ring)/>\
            <circle cx="200" cy="200" r="80" fill="\(palette.main)"/>\
            <path fill="\(palette.light)" opacity=".4" d="M200 120a80 80 0 0 1 0 160q46-80 0-160z"/>\
            <path d="M66 200a134 28 0 0 0 268 0" \(ring)/>
            """
    }

    /// Lanterns on a string.
    static func lanterns(_ palette: Poster.Palette) -> String {
        let lamps = [(80, 168, 30), (156, 200, 40), (244, 200, 40), (320, 168, 30)].map { x, y, size in
            """
            <path stroke="\(palette.light)" stroke-width="2" d="M\(x) \(y - size * 2)v\(size)"/>\
            <ellipse cx="\(x)" cy="\(y)" rx="\(size)" ry="\(size * 6 / 5)" fill="\(palette.main)"/>\
            <ellipse cx="\(x)" cy="\(y)" rx="\(size * 2 / 5)" ry="\(size * 6 / 5)" fill="\(palette.light)" opacity=".75"/>\
            <path fill="\(palette.deep)" d="M\(x - size / 2) \(y - size * 6 / 5)h\(size)v5h-\(size)zM\(x - size / 2) \(y + size * 6 / 5 - 5)h\(size)v5h-\(size)z"/>
            """
        }
        return "<path fill=\"none\" stroke=\"\(palette.light)\" stroke-width=\"2\" d=\"M0 84q200 70 400 0\"/>"
            + lamps.joined() + "<path fill=\"\(palette.deep)\" d=\"M0 300q200-40 400 0v100H0z\"/>"
    }
}

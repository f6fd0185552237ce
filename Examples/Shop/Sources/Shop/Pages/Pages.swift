import Foundation
import HTTPTypes
import Hummingbird
import Mustache

/// Renders the templates; every text in them is escaped.
struct Pages: Sendable {
    /// What the frame around a page needs.
    struct Frame {
        /// The page's own title.
        let title: String
        /// The link of the navigation that is marked: `films`, `orders`, `merchant`, or `operations`.
        var section = ""
        /// After how many seconds a browser without JavaScript loads the page again.
        var refresh: Int?
    }

    private struct Root {
        let site: Site
        let page: Any
    }

    private struct Site {
        let title: String
        let version: String
        let isStaff: Bool
        let refresh: Int?
        let inFilms: Bool
        let inOrders: Bool
        let inMerchant: Bool
        let inOperations: Bool
    }

    private let library: MustacheLibrary
    private let version: String

    /// Loads the templates in a folder.
    ///
    /// - Parameters:
    ///   - folder: the folder of the templates.
    ///   - version: changes with the assets, so that browsers load the new ones.
    /// - Throws: an error if a template can't be read.
    init(folder: URL, version: String) throws {
        MustacheContentTypes.register(Markup(), named: Markup.name)
        var library = MustacheLibrary()
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        where file.pathExtension == "mustache" {
            // A partial begins with Mustache's own escaping unless it names another.
            let text = "{{% CONTENT_TYPE: \(Markup.name)}}" + (try String(contentsOf: file, encoding: .utf8))
            try library.register(text, named: file.deletingPathExtension().lastPathComponent)
        }
        self.library = library
        self.version = version
    }

    /// A whole page.
    func response(
        _ template: String,
        _ view: Any,
        _ frame: Frame,
        _ context: WebContext,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        let site = Site(
            title: frame.title,
            version: version,
            isStaff: context.isStaff,
            refresh: frame.refresh,
            inFilms: frame.section == "films",
            inOrders: frame.section == "orders",
            inMerchant: frame.section == "merchant",
            inOperations: frame.section == "operations"
        )
        let text = library.render(Root(site: site, page: view), withTemplate: template) ?? ""
        return Response(
            status: status,
            headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }

    /// A part of a page.
    func fragment(_ template: String, _ view: Any) -> String {
        library.render(view, withTemplate: template) ?? ""
    }

    /// An error's page.
    func response(of problem: Problem, _ context: WebContext) -> Response {
        let view = ProblemView(problem)
        var response = response("problem", view, Frame(title: problem.title), context, status: problem.status)
        response.headers.append(contentsOf: problem.headers)
        return response
    }
}

private struct ProblemView {
    let code: Int
    let heading: String
    let text: String
    let link: Problem.Link

    init(_ problem: Problem) {
        code = problem.status.code
        heading = problem.title
        text = problem.text
        link = problem.link
    }
}

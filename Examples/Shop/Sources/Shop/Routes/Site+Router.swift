import Hummingbird

extension Site {
    /// The routes with everything around them.
    package func router() -> Router<WebContext> {
        let router = Router(context: WebContext.self, options: .autoGenerateHeadEndpoints)
        // A callback's query has the sign-in's code and state.
        router.add(middleware: TracingMiddleware(redactingQueryParameters: ["code", "state"]))
        router.add(middleware: RequestLog())
        router.add(middleware: MetricsMiddleware())
        router.add(middleware: SecurityHeaders(publicURL: publicURL))
        router.add(middleware: ErrorPages(pages: pages))
        router.add(middleware: BodyLimit())
        addHealth(to: router)
        addWebhooks(to: router)

        let own = router.group().add(middleware: OwnHost(publicURL: publicURL))
        addAssets(to: own)
        let buyers = own.group().add(middleware: BrowserMiddleware(cookies: cookies))
            .add(middleware: StaffLinks(access: staff))
        addCatalogue(to: buyers)
        addOrders(to: buyers)
        addPayments(to: buyers)
        let employees = own.group().add(middleware: StaffGate(access: staff))
            .add(middleware: BrowserMiddleware(cookies: cookies))
        addMerchant(to: employees)
        addSignIns(to: employees)
        addOperations(to: employees)
        return router
    }
}

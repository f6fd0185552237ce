/// What the process was started for.
enum Command {
    case shop
    case sandboxes(port: Int)
    case help

    static let usage = """
        Usage: Shop                       the shop; with sandboxes unless providers are set
               Shop sandboxes [--port N]  the sandboxes alone, for shops in other processes

        SHOP_ADDRESS         the address to listen on (127.0.0.1)
        SHOP_PORT            the port to listen on, 0 for any (8080)
        SHOP_PUBLIC_URL      where browsers reach the shop (http://127.0.0.1 and the port)
        SHOP_FOLDER          the folder of orders, tokens, and keys (one beneath the temporary directory)
        DATABASE_URL         PostgreSQL instead of files; needs `swift run --traits PostgreSQL`
        SHOP_STAFF_PASSWORD  opens the staff pages with Basic authentication
        SHOP_COOKIE_KEY      signs cookies, 32 characters or more (a key file in the folder)
        SHOP_SANDBOXES       the directory.json of sandboxes in another process
        SHOP_TOKEN_LIFETIME  how long sandbox access tokens live, in seconds (60)
        SHOP_HOLD            how long the sandbox cinema holds seats, in seconds (900)
        SHOP_LOG_LEVEL       trace, debug, info, notice, warning, error, or critical (notice)
        OAUTH_PROVIDERS      wetix,revenue-monster,tiki,kopi for real providers, with their own variables:
                             <NAME>_ENVIRONMENT, <NAME>_CLIENT_ID, <NAME>_CLIENT_SECRET, and
        SHOP_WETIX_API, SHOP_REVENUE_MONSTER_API, SHOP_TIKI_API, SHOP_KOPI_API   the APIs' URLs
        SHOP_WETIX_KEY, SHOP_MERCHANT_KEY, SHOP_REVENUE_MONSTER_KEY              files of keys in PEM
        SHOP_STORE_ID        the merchant's store at Revenue Monster
        """

    init(_ arguments: some Collection<String>) throws {
        let arguments = Array(arguments)
        switch arguments.first {
        case nil: self = .shop
        case "--help", "-h", "help": self = .help
        case "sandboxes" where arguments.count == 1: self = .sandboxes(port: 0)
        case "sandboxes" where arguments.count == 3 && arguments[1] == "--port":
            guard let port = Int(arguments[2]), (0...65_000).contains(port) else {
                throw SettingError("--port", "must be a port number from 0 to 65000")
            }
            self = .sandboxes(port: port)
        default: throw SettingError(arguments.joined(separator: " "), "is no command of the shop; see --help")
        }
    }
}

extension Options {
    static let help = """
        A provider's sandbox on a loopback port, for curl, Postman, or another language.

        USAGE
          swift run --package-path Examples/Sandbox sandbox [options]

        It prints the client to use, then each request that it receives, without
        secrets. Ctrl-C ends it. To sign a user in, open the authorization endpoint:
        it answers at once with the redirect that contains the code.

        OPTIONS
          --provider <name>         wetix, revenue-monster, tiki or tiki-body;
                                    default: tiki
          --port <number>           default: 8080; 0 is any free port
          --lifetime <seconds>      of access tokens; default: as documented
          --refresh-tokens <kind>   rotating or fixed; default: the provider's
          --latency <milliseconds>  the delay of each answer; default: 0
          --consent <choice>        grant or decline: the user's answer at the
                                    authorization endpoint; default: grant
          --fault <name>            a fault for each request, or for a share of
                                    them with --rate
          --faults <name,name,…>    a fault for each of the next requests; none is
                                    no fault
          --rate <0…1>              the share of requests with a fault: that of
                                    --fault, or any
          --seed <number>           the same seed gives the same faults
          --at <place>              where faults occur: token, api or all;
                                    default: token
          --help                    this text

        FAULTS
          \(FaultName.all.prefix(7).map(\.0).joined(separator: " "))
          \(FaultName.all.dropFirst(7).map(\.0).joined(separator: " "))

        EXIT STATUS
          0  a signal ended it   2  it could not run

        """
}

extension Options {
    static let help = """
        A provider's sandbox on a loopback port, for curl, Postman, or a team with another language.

        USAGE
          swift run --package-path Examples/Quickstart sandbox [options]

        It prints the client to use, then each request as it sees it, without anything secret. Ctrl-C ends it.
        A person signs in by being sent to the authorization endpoint: the answer is the redirect with the code.

        OPTIONS
          --provider <name>         wetix, revenue-monster, tiki or tiki-body; tiki unless told
          --port <number>           8080 unless told; 0 is any that is free
          --lifetime <seconds>      how long access tokens live; as documented unless told
          --refresh-tokens <what>   rotating or fixed; the provider's way unless told
          --latency <milliseconds>  how long each answer takes
          --consent <what>          grant or decline: what the person does who signs in
          --fault <name>            a fault for every request, or for a share of them with --rate
          --faults <name,name,…>    a fault for each of the next requests; none lets one through
          --rate <0…1>              how many requests meet a fault: the one of --fault, or any
          --seed <number>           what the draw begins with; the same faults with the same seed
          --at <place>              where faults strike: token, api or all; token unless told
          --help                    this text

        FAULTS
          \(FaultName.all.map(\.0).joined(separator: " "))

        EXIT STATUS
          0  it was asked to end      2  it could not run

        """
}

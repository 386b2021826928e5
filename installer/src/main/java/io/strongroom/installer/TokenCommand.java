package io.strongroom.installer;

import io.strongroom.api.Scope;
import io.strongroom.api.ServiceToken;
import io.strongroom.api.TokenRequest;
import io.strongroom.api.client.StrongroomClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code strongroom token}. */
@Command(
        name = "token",
        description =
                "Makes a service token on an appliance of this machine and prints it. The first time, it makes the"
                        + " administrator with the setup code, and keeps that token in the data directory.",
        mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The appliance's data directory (default: ~/.strongroom).")
    private Path data = Installation.DEFAULT_DATA;

    @Option(names = "--name", paramLabel = "NAME", required = true, description = "What the token is for.")
    private String name = "";

    @Option(
            names = "--source",
            paramLabel = "ID",
            split = ",",
            description = "A source id that it may write; again for each further one.")
    private List<String> sources = new ArrayList<>();

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            split = ",",
            description = "ingest, read, export, policy or admin; again for each further one (default: ingest).")
    private List<String> scopes = new ArrayList<>(List.of("ingest"));

    @Option(names = "--days", paramLabel = "N", description = "How long it holds (default: 30).")
    private int days = TokenRequest.DEFAULT_DAYS;

    @Option(names = "--code", paramLabel = "CODE", description = "The setup code (default: the one of this start).")
    private @Nullable String code;

    @Override
    public Integer call() {
        Set<Scope> asked = EnumSet.noneOf(Scope.class);
        for (String scope : scopes) {
            asked.add(Scope.ofWire(scope)
                    .orElseThrow(() -> usage("a scope is ingest, read, export, policy or admin, not " + scope)));
        }
        if (asked.contains(Scope.INGEST) && sources.isEmpty()) {
            throw usage("a token that may ingest is bound to sources: name at least one with --source");
        }
        if (days < 1) {
            throw usage("a token holds for at least one day");
        }
        try (StrongroomClient client = Installation.at(data).administrator(code)) {
            ServiceToken token = client.tokens().create(new TokenRequest(name, asked, sources, days));
            System.err.println("token " + token.id() + " for " + token.name() + ", until " + token.expiresAt()
                    + "; it is told only this once:");
            System.out.println(token.token());
        }
        return 0;
    }

    private ParameterException usage(String message) {
        if (spec == null) {
            throw new LaunchException(message);
        }
        return new ParameterException(spec.commandLine(), message);
    }
}

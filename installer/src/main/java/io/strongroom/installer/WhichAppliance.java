package io.strongroom.installer;

import io.strongroom.api.client.StrongroomClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which appliance a command is for: one of this machine, by its data directory, or any by address and fingerprint. */
final class WhichAppliance {
    @Option(names = "--url", paramLabel = "URL", description = "The appliance's address, https://host:port.")
    private @Nullable URI url;

    @Option(
            names = "--fingerprint",
            paramLabel = "SHA256",
            description = "The fingerprint of its authority, as `strongroom up` prints it; needed with --url.")
    private @Nullable String fingerprint;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data directory of an appliance of this machine (default: ~/.strongroom).")
    private @Nullable Path data;

    /** What was said of it, for a program of ours that takes the same options. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        if (url != null) {
            arguments.addAll(List.of("--url", url.toString()));
        }
        if (fingerprint != null) {
            arguments.addAll(List.of("--fingerprint", fingerprint));
        }
        if (data != null) {
            arguments.addAll(List.of("--data", data.toString()));
        }
        return arguments;
    }

    /** Where it is and how it is known. */
    record Known(URI url, String fingerprint) {
        StrongroomClient anonymous() {
            return OfficerHome.Session.client(url, fingerprint, null, null);
        }
    }

    Known known() {
        URI named = url;
        String print = fingerprint;
        if (named == null) {
            ReadyNotice notice = Installation.at(data == null ? Installation.DEFAULT_DATA : data)
                    .notice();
            return new Known(notice.url(), notice.fingerprint());
        }
        if (print == null) {
            throw new LaunchException("say by --fingerprint how the appliance is known: whoever runs it tells you");
        }
        return new Known(named, print);
    }
}

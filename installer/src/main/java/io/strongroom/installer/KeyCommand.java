package io.strongroom.installer;

import io.strongroom.api.KeyInfo;
import io.strongroom.api.officer.OfficerKeyFiles;
import io.strongroom.evidence.key.SigningKey;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code strongroom key}. */
@Command(
        name = "key",
        description = "The keys by which an officer signs approvals. They are made here and never leave this machine.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class KeyCommand {

    @Command(name = "make", description = "Makes a key.", mixinStandardHelpOptions = true)
    int make(
            @Option(names = "--no-passphrase", description = "Leave it readable to whoever can read the file.")
                    boolean open) {
        String passphrase = open ? "" : Prompt.current().newSecret("A passphrase for the key");
        if (!open && passphrase.isEmpty()) {
            throw new LaunchException("a passphrase is not empty; --no-passphrase makes a key without one");
        }
        OfficerKeyFiles.KeyFile key = OfficerHome.current().keys().make(passphrase, new SecureRandom());
        System.out.println(key.id());
        System.err.println("kept in " + key.file() + "; next: `strongroom key enrol`");
        return 0;
    }

    @Command(
            name = "enrol",
            description = "Makes a key count at the appliance; asks for the second factor.",
            mixinStandardHelpOptions = true)
    int enrol(
            @Parameters(
                            paramLabel = "ID",
                            arity = "0..1",
                            defaultValue = "",
                            description = "The key; the only one if" + " left out. The beginning of its id does.")
                    String id) {
        OfficerHome home = OfficerHome.current();
        SigningKey key = home.key(id);
        KeyInfo enrolled = home.call(client -> client.auth().enrol(key));
        System.out.println(enrolled.id() + " counts for " + enrolled.officer() + " since " + enrolled.enrolledAt());
        return 0;
    }

    @Command(
            name = "list",
            description = "The keys of this officer, on this machine and at the appliance.",
            mixinStandardHelpOptions = true)
    int list() {
        OfficerHome home = OfficerHome.current();
        Map<String, String> here = new HashMap<>();
        home.keys()
                .all()
                .forEach(key -> here.put(key.id().toString(), key.file().toString()));
        for (KeyInfo key : home.call(client -> client.auth().keys())) {
            String state = key.revokedAt() == null ? "since " + key.enrolledAt() : "revoked " + key.revokedAt();
            String file = here.remove(key.id());
            System.out.println(key.id() + "  " + state + "  " + (file == null ? "not on this machine" : file));
        }
        here.forEach((id, file) -> System.out.println(id + "  not enrolled  " + file));
        return 0;
    }

    @Command(
            name = "revoke",
            description = "Makes a key count no more; asks for the second factor.",
            mixinStandardHelpOptions = true)
    int revoke(
            @Parameters(paramLabel = "ID", description = "The key's whole id, sha256:….") String id,
            @Option(
                            names = "--officer",
                            paramLabel = "OFFICER",
                            defaultValue = "",
                            description = "Whose, if not yours.")
                    String officer) {
        OfficerHome.current().call(client -> {
            if (officer.isEmpty()) {
                client.auth().revokeKey(id);
            } else {
                client.users().revokeKey(officer, id);
            }
            return id;
        });
        System.out.println(id + " is revoked");
        return 0;
    }
}

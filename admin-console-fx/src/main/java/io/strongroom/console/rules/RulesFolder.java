package io.strongroom.console.rules;

import io.strongroom.console.connection.Appliance;
import io.strongroom.console.connection.Connection;
import io.strongroom.evidence.Digest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Where on this machine the rules of appliances are: a clone for each, by its fingerprint. Thread-safe. */
public final class RulesFolder {
    private static final int NAME_CHARS = 16;

    private final Path folder;
    private final Map<Digest, RulesClone> open = new HashMap<>();

    public RulesFolder(Path folder) {
        this.folder = folder;
    }

    /** The clone of the appliance that one is signed in to; made where there is none. Off the UI thread. */
    public synchronized RulesClone clone(Connection connection) {
        Appliance appliance = connection.appliance();
        return open.computeIfAbsent(
                appliance.fingerprint(),
                fingerprint -> RulesClone.open(
                        folder.resolve(
                                fingerprint.toString().replace("sha256:", "").substring(0, NAME_CHARS)),
                        appliance));
    }
}

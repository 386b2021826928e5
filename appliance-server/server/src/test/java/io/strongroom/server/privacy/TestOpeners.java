package io.strongroom.server.privacy;

import java.util.List;

/** Openers of records for tests. */
public final class TestOpeners {
    private TestOpeners() {}

    /** One whose keys are gone. */
    public static RecordOpener erased() {
        return new RecordOpener((id, recordDigest, ciphertexts) -> List.of());
    }

    /** One that finds other bytes than were sealed. */
    public static RecordOpener damaged() {
        return new RecordOpener((id, recordDigest, ciphertexts) -> {
            throw new DisclosureDamagedException("not what was sealed");
        });
    }
}

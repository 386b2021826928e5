package io.strongroom.server.privacy;

import io.strongroom.evidence.field.Disclosure;
import io.strongroom.policies.Classification;
import io.strongroom.server.access.Caller;
import java.util.List;
import java.util.function.Predicate;

/** Rules for tests that are not about them. */
public final class TestVisibility {
    /** Everything for everybody. */
    public static final Visibility ALL = showing(stored -> true);

    private TestVisibility() {}

    /** Only records that are {@code shown}, and of these everything. */
    public static Visibility showing(Predicate<byte[]> shown) {
        return new Visibility() {
            @Override
            public boolean showsRecord(Caller reader, byte[] stored) {
                return shown.test(stored);
            }

            @Override
            public Sight of(Caller reader, Disclosure field, Classification classification) {
                return new Sight.Clear();
            }
        };
    }

    /** For ledgers without disclosures. */
    public static CommittedFields fields() {
        return new CommittedFields((id, recordDigest, ciphertexts) -> List.of(), ALL);
    }
}

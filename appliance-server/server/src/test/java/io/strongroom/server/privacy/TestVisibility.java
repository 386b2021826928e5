package io.strongroom.server.privacy;

import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.policies.AccessDecision;
import io.strongroom.policies.AccessDecision.Outcome;
import io.strongroom.policies.PolicyBundle;
import io.strongroom.policies.SearchDecision;
import io.strongroom.policies.SearchDecision.Sight;
import io.strongroom.policies.SearchDecision.Where;
import io.strongroom.policies.ViewDecision;
import io.strongroom.policies.evaluate.BuiltInPolicy;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Rules for tests that are not about them. */
public final class TestVisibility {
    private static final PolicyBundle BUNDLE = new BuiltInPolicy().bundle();

    private TestVisibility() {}

    /** Everything for everybody, of ledgers without disclosures. */
    public static RecordSights all() {
        return sights(stored -> true, true);
    }

    /** Only records that are {@code shown}, and of these everything. */
    public static RecordSights showing(Predicate<byte[]> shown) {
        return sights(shown, false);
    }

    private static RecordSights sights(Predicate<byte[]> shown, boolean all) {
        return new RecordSights((id, recordDigest, ciphertexts) -> List.of(), new Visibility() {
            @Override
            public ViewDecision of(Reader reader, String stream, byte[] whole) {
                Outcome outcome = shown.test(whole) ? Outcome.ALLOWED : Outcome.DENIED;
                return new ViewDecision(
                        BUNDLE, new AccessDecision(BUNDLE, outcome, "", "not for you", List.of()), "", List.of());
            }

            @Override
            public boolean showsEverything(Reader reader, String stream) {
                return all;
            }

            @Override
            public SearchDecision search(Reader reader, Optional<String> stream, JsonPointer field, JsonSlice value) {
                return new SearchDecision(List.of(new Where("(any other)", Sight.EVERY, false, false, "")));
            }

            @Override
            public boolean showsEverything(Reader reader) {
                return all;
            }
        });
    }
}

package io.strongroom.server.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.field.Commitments;
import io.strongroom.evidence.field.Disclosure;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.field.Withheld;
import io.strongroom.policies.Classification;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import io.strongroom.server.privacy.CommittedField.Closed;
import io.strongroom.server.privacy.CommittedField.Closed.Cause;
import io.strongroom.server.privacy.CommittedField.Hidden;
import io.strongroom.server.privacy.CommittedField.Shown;
import io.strongroom.server.privacy.DisclosureOpener.Opened;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each committed field is shown or said to be hidden; none is left out. */
class CommittedFieldsTest {
    private static final RecordId ID = RecordId.of(0, new byte[10]);
    private static final Withheld WITHHELD = Commitments.withhold(
            "{\"diagnosis\":\"x\",\"email\":\"y\",\"purpose\":\"z\"}".getBytes(UTF_8),
            List.of(JsonPointer.of("email"), JsonPointer.of("diagnosis")),
            new SecureRandom());
    private static final byte[] STORED =
            ("{\"_sd\":[\"" + String.join("\",\"", WITHHELD.digests()) + "\"],\"purpose\":\"z\"}").getBytes(UTF_8);
    private static final List<Opened> OPENED = List.of(
            new Opened(disclosure("email"), Classification.CONFIDENTIAL),
            new Opened(disclosure("diagnosis"), Classification.RESTRICTED));

    private static Disclosure disclosure(String name) {
        return WITHHELD.disclosures().stream()
                .filter(each -> each.pointer().equals(JsonPointer.of(name)))
                .findFirst()
                .orElseThrow();
    }

    private static Caller caller(Scope... scopes) {
        return new Caller("t", "t", "acme", Set.copyOf(Arrays.asList(scopes)), Set.of());
    }

    private static List<CommittedField> seen(DisclosureOpener opener, Caller reader) {
        return new CommittedFields(opener, new ScopeVisibility()).of(reader, ID, Digest.of(STORED), STORED, List.of());
    }

    @Test
    void aFieldIsShownOrHiddenByItsClassAndItsReader() {
        DisclosureOpener opener = (id, digest, ciphertexts) -> OPENED;

        List<CommittedField> read = seen(opener, caller(Scope.READ));
        assertThat(read).extracting(CommittedField::digest).isEqualTo(WITHHELD.digests());
        assertThat(read).allSatisfy(field -> assertThat(field).isInstanceOf(Hidden.class));
        assertThat(CommittedField.shown(read)).isEmpty();

        List<CommittedField> exported = seen(opener, caller(Scope.EXPORT));
        assertThat(exported).hasSize(2).hasOnlyElementsOfTypes(Shown.class, Hidden.class);
        assertThat(CommittedField.shown(exported)).containsExactly(disclosure("email"));
    }

    @Test
    void whatNobodyCanOpenIsStillSaidToBeThere() {
        assertThat(seen((id, digest, ciphertexts) -> OPENED.subList(0, 1), caller(Scope.EXPORT)))
                .hasSize(2)
                .contains(new Closed(disclosure("diagnosis").digest(), Cause.ERASED));
        assertThat(seen(
                        (id, digest, ciphertexts) -> {
                            throw new DisclosureDamagedException("damaged");
                        },
                        caller(Scope.EXPORT)))
                .containsExactlyInAnyOrder(
                        new Closed(disclosure("email").digest(), Cause.DAMAGED),
                        new Closed(disclosure("diagnosis").digest(), Cause.DAMAGED));
    }

    @Test
    void aRecordThatCommitsToNothingIsRecognised() {
        assertThat(CommittedFields.any(STORED)).isTrue();
        assertThat(CommittedFields.any("{\"action\":\"_sd\"}".getBytes(UTF_8))).isFalse();
        assertThat(CommittedFields.any(new byte[0])).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void noScopeShowsWhatIsRestricted(Scope scope) {
        assertThat(new ScopeVisibility().of(caller(scope), disclosure("email"), Classification.RESTRICTED))
                .isInstanceOf(Visibility.Sight.Hidden.class);
        assertThat(new ScopeVisibility().of(caller(scope), disclosure("email"), Classification.INTERNAL))
                .isInstanceOf(Visibility.Sight.Clear.class);
    }
}

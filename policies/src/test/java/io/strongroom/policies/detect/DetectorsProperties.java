package io.strongroom.policies.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.json.CanonicalWriter;
import io.strongroom.evidence.json.JsonSlice;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

class DetectorsProperties {
    private static final List<Detector> ALL = List.of(
            Detectors.email(),
            Detectors.phone(),
            Detectors.cardNumber(),
            Detectors.iban(),
            Detectors.nationalId(Detectors.countries()));

    private static boolean finds(Detector detector, String text) {
        byte[] json = new CanonicalWriter().string(text).toBytes();
        Text value = new Text().set(new JsonSlice(json, 0, json.length));
        return detector.mayBeIn(value) && detector.isIn(value);
    }

    /** Whatever the text: an answer, always the same, and no exception. */
    @Property
    void any_text_has_an_answer(@ForAll @StringLength(max = 60) @CharRange(from = ' ', to = '\u00ff') String text) {
        for (Detector detector : ALL) {
            assertThat(finds(detector, text)).isEqualTo(finds(detector, text));
        }
    }

    @Property
    void digits_and_separators_have_an_answer(
            @ForAll @StringLength(max = 40) @CharRange(from = '(', to = '9') String text) {
        for (Detector detector : ALL) {
            assertThat(finds(detector, "A" + text)).isIn(true, false);
            assertThat(finds(detector, text)).isIn(true, false);
        }
    }

    /** Luhn: of the ten last digits, exactly one is right. */
    @Property
    void one_check_digit_of_ten_makes_a_card_number(
            @ForAll @StringLength(11) @CharRange(from = '0', to = '9') String middle) {
        int found = 0;
        for (char check = '0'; check <= '9'; check++) {
            found += finds(Detectors.cardNumber(), "4111" + middle + check) ? 1 : 0;
        }
        assertThat(found).isEqualTo(1);
    }

    /** Surrounding words do not hide what stands between them. */
    @Property
    void what_is_found_alone_is_found_among_words(
            @ForAll @StringLength(max = 20) @CharRange(from = 'a', to = 'z') String word) {
        assertThat(finds(Detectors.email(), word + " john@example.com " + word)).isTrue();
        assertThat(finds(Detectors.iban(), word + " DE89370400440532013000 " + word))
                .isTrue();
        assertThat(finds(Detectors.cardNumber(), word + " 4111 1111 1111 1111 " + word))
                .isTrue();
        assertThat(finds(Detectors.phone(), word + " +49 30 901820 " + word)).isTrue();
    }
}

package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.timestamp.TimeStamp;
import io.strongroom.evidence.timestamp.TimeStampException;
import io.strongroom.evidence.timestamp.TimeStampResponse;
import io.strongroom.evidence.trust.TrustFile;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Whether an authority that the trust file names saw the checkpoint at a time. Then everything under it is at least as
 * old. The token stands beside the checkpoint, and is over the bytes of its file.
 */
final class TimedFinding {
    private TimedFinding() {}

    /**
     * @param checkpoint path of the checkpoint that the range is tied to
     */
    static Finding of(Bag bag, String checkpoint, @Nullable TrustFile trust) throws IOException {
        String token = PackLayout.timeStamp(checkpoint);
        if (!bag.files().containsKey(token)) {
            return finding(false, trust, "Local clock only: times rest on the appliance's own clock.");
        }
        byte[] note = SmallFiles.read(bag, checkpoint, SignedNote.MAX_BYTES);
        try {
            TimeStampResponse response =
                    TimeStampResponse.parse(SmallFiles.read(bag, token, TimeStampResponse.MAX_BYTES));
            if (trust == null || trust.timeRoots().isEmpty()) {
                return finding(
                        false,
                        trust,
                        "A time-stamp token is here, which says " + response.claimedTime() + ", but "
                                + (trust == null ? "without a trust file" : "in the trust file")
                                + " no authority is known that could vouch for it.");
            }
            return finding(true, trust, text(response.verify(note, trust.timeRoots())));
        } catch (TimeStampException e) {
            return finding(
                    false,
                    trust,
                    "The time-stamp token here does not show when the checkpoint was seen: " + e.getMessage() + ".");
        }
    }

    private static String text(TimeStamp stamp) {
        return "The time-stamp authority " + stamp.authority() + " saw this checkpoint at " + stamp.time()
                + (stamp.accuracy().isZero() ? "" : ", give or take " + seconds(stamp)) + "; the root "
                + stamp.root().name() + " of the trust file vouches for it.";
    }

    private static String seconds(TimeStamp stamp) {
        return stamp.accuracy().toNanos() / 1e9 + " s";
    }

    private static Finding finding(boolean held, @Nullable TrustFile trust, String text) {
        return new Finding(Finding.Kind.TIMED, held, trust != null && trust.timeDemanded(), text);
    }
}

package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.pack.verify.Remark.Saying;
import io.strongroom.evidence.timestamp.TimeStamp;
import io.strongroom.evidence.timestamp.TimeStampException;
import io.strongroom.evidence.timestamp.TimeStampResponse;
import io.strongroom.evidence.trust.TrustFile;
import java.io.IOException;
import java.util.List;
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
            return finding(false, trust, Remark.of(Saying.LOCAL_CLOCK));
        }
        byte[] note = SmallFiles.read(bag, checkpoint, SignedNote.MAX_BYTES);
        try {
            TimeStampResponse response =
                    TimeStampResponse.parse(SmallFiles.read(bag, token, TimeStampResponse.MAX_BYTES));
            if (trust == null || trust.timeRoots().isEmpty()) {
                return finding(
                        false,
                        trust,
                        Remark.of(
                                trust == null ? Saying.TIME_WITHOUT_TRUST : Saying.TIME_WITHOUT_ROOT,
                                response.claimedTime()));
            }
            return finding(true, trust, remark(response.verify(note, trust.timeRoots())));
        } catch (TimeStampException e) {
            return finding(false, trust, Remark.of(Saying.TIME_NOT_SHOWN, String.valueOf(e.getMessage())));
        }
    }

    private static Remark remark(TimeStamp stamp) {
        String root = stamp.root().name();
        return stamp.accuracy().isZero()
                ? Remark.of(Saying.TIME, stamp.authority(), stamp.time(), root)
                : Remark.of(Saying.TIME_ABOUT, stamp.authority(), stamp.time(), root, seconds(stamp));
    }

    private static double seconds(TimeStamp stamp) {
        return stamp.accuracy().toNanos() / 1e9;
    }

    private static Finding finding(boolean held, @Nullable TrustFile trust, Remark remark) {
        return new Finding(Finding.Kind.TIMED, held, trust != null && trust.timeDemanded(), List.of(remark));
    }
}

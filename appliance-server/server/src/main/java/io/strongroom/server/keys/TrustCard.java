package io.strongroom.server.keys;

import io.strongroom.evidence.note.VerifierKey;
import io.strongroom.evidence.trust.Approvers;
import io.strongroom.evidence.trust.Quorum;
import io.strongroom.evidence.trust.TrustFile;
import io.strongroom.evidence.trust.TrustFile.Log;
import io.strongroom.evidence.trust.TrustFile.PackKey;
import io.strongroom.evidence.trust.Validity;
import io.strongroom.server.keys.SigningKeys.PublishedKey;
import java.util.ArrayList;
import java.util.List;

/** What an auditor is to trust of this installation: every log key and pack key that was ever in use (formats §7). */
public final class TrustCard {
    private TrustCard() {}

    public static TrustFile of(SigningKeys keys) {
        List<Log> logs = new ArrayList<>();
        List<PackKey> packKeys = new ArrayList<>();
        for (PublishedKey key : keys.published()) {
            String vkey = key.vkey();
            if (vkey != null) {
                logs.add(new Log(VerifierKey.parse(vkey), ""));
            } else {
                packKeys.add(new PackKey(key.key(), new Validity(key.from(), key.until())));
            }
        }
        return new TrustFile(logs, packKeys, Quorum.EMPTY, List.of(), false, Approvers.NONE);
    }
}

package io.strongroom.agent.witness;

import io.strongroom.evidence.note.KeyType;
import io.strongroom.evidence.note.NoteException;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.note.VerifierKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The log's keys that are believed: those that the appliance showed at first, over the connection that the enrolment code
 * pins; and from then on those that a believed one announces, in a note that both signed (formats §5).
 *
 * @param origin the log's
 * @param keys Ed25519, at least one
 */
record LogKeys(String origin, List<VerifierKey> keys) {
    private static final String HEADER = "strongroom key change v1";
    private static final int MOST = 1_000;

    LogKeys {
        keys = List.copyOf(keys);
        if (keys.isEmpty() || keys.size() > MOST) {
            throw new NoteException("a log has 1 to " + MOST + " keys");
        }
        for (VerifierKey key : keys) {
            if (key.type() != KeyType.ED25519 || !key.name().equals(origin)) {
                throw new NoteException("not an Ed25519 key of the log " + origin + ": " + key.vkey());
            }
        }
    }

    /** @throws NoteException if these cannot be a log's */
    static LogKeys of(String origin, List<String> vkeys) {
        return new LogKeys(origin, vkeys.stream().map(VerifierKey::parse).toList());
    }

    List<String> vkeys() {
        return keys.stream().map(VerifierKey::vkey).toList();
    }

    /** With all that these changes announce, one after another; what no believed key announces is passed over. */
    LogKeys following(List<String> changes) {
        List<VerifierKey> believed = new ArrayList<>(keys);
        boolean grew = true;
        while (grew) {
            grew = false;
            for (String change : changes) {
                VerifierKey next = announced(change, believed);
                if (next != null && !believed.contains(next) && believed.size() < MOST) {
                    believed.add(next);
                    grew = true;
                }
            }
        }
        return new LogKeys(origin, believed);
    }

    private @Nullable VerifierKey announced(String change, List<VerifierKey> believed) {
        try {
            SignedNote note = SignedNote.parse(change);
            List<String> lines = note.text().lines().toList();
            if (lines.size() < 4
                    || !lines.get(0).equals(HEADER)
                    || !lines.get(1).equals(origin)) {
                return null;
            }
            String[] log = lines.get(3).split(" ", -1);
            if (log.length != 3 || !log[0].equals("log")) {
                return null;
            }
            VerifierKey old = VerifierKey.parse(log[1]);
            VerifierKey next = VerifierKey.parse(log[2]);
            boolean both = note.verifiedBy(List.of(old, next)).size() == 2;
            return both && believed.contains(old) ? next : null;
        } catch (NoteException e) {
            return null;
        }
    }
}

package io.strongroom.evidence.trust;

import static java.util.Objects.requireNonNull;

import io.strongroom.evidence.key.VerifyingKey;
import io.strongroom.evidence.note.CheckpointVerifier;
import io.strongroom.evidence.note.VerifierKey;
import io.strongroom.evidence.timestamp.TimeRoot;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whom a verifier trusts: the form of C2SP tlog-policy, with lines of ours for the keys that sign packs and for
 * time-stamps. An installation writes it at its first start; an auditor keeps it, and compares its card.
 *
 * @param logs keys of the logs, each named by its origin
 * @param packKeys keys that sign packs; a pack needs one of each algorithm that stands here
 * @param timeRoots authorities whose time-stamps count
 * @param timeDemanded whether a pack without a time-stamp fails
 */
public record TrustFile(
        List<Log> logs,
        List<PackKey> packKeys,
        Quorum quorum,
        List<TimeRoot> timeRoots,
        boolean timeDemanded,
        Approvers approvers) {
    /** A log's key; the address is empty where the file gives none. */
    public record Log(VerifierKey key, String url) {}

    /** A key that signs packs, and when packs may have been made under it. */
    public record PackKey(VerifyingKey key, Validity validity) {}

    /**
     * @throws IllegalArgumentException if a key stands here twice
     */
    public TrustFile {
        logs = List.copyOf(logs);
        packKeys = List.copyOf(packKeys);
        timeRoots = List.copyOf(timeRoots);
        requireNonNull(quorum, "quorum is null");
        requireNonNull(approvers, "approvers is null");
        Set<VerifyingKey> keys = new HashSet<>();
        for (Log log : logs) {
            if (!keys.add(log.key().key())) {
                throw new IllegalArgumentException("the key of log " + log.key().name() + " stands twice");
            }
        }
        Set<VerifyingKey> ofPacks = new HashSet<>();
        for (PackKey key : packKeys) {
            if (!ofPacks.add(key.key())) {
                throw new IllegalArgumentException("the pack key " + key.key().id() + " stands twice");
            }
        }
    }

    /** What an installation trusts in itself at its first start: its log and its pack keys, no witness. */
    public static TrustFile of(List<VerifierKey> logKeys, List<VerifyingKey> packKeys, long fromEpochMillis) {
        return new TrustFile(
                logKeys.stream().map(key -> new Log(key, "")).toList(),
                packKeys.stream()
                        .map(key -> new PackKey(key, new Validity(fromEpochMillis, null)))
                        .toList(),
                Quorum.EMPTY,
                List.of(),
                false,
                Approvers.NONE);
    }

    /**
     * Reads a trust file.
     *
     * @throws TrustException if it is malformed, naming the line
     */
    public static TrustFile parse(byte[] bytes) {
        return new TrustFileParser().parse(bytes);
    }

    /** The keys of the logs. */
    public List<VerifierKey> logKeys() {
        return logs.stream().map(Log::key).toList();
    }

    /** Opens checkpoints of the logs that stand here. */
    public CheckpointVerifier checkpoints() {
        return new CheckpointVerifier(
                logKeys(), quorum.witnesses().stream().map(Quorum.Witness::key).toList());
    }

    /** The file's text. */
    public String render() {
        return TrustText.file(this);
    }

    /** A card to print and to compare by eye: names and fingerprints. */
    public String card() {
        return TrustText.card(this);
    }
}

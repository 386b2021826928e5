package io.strongroom.server.packs;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Origin;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.NoteSigner;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.note.VerifierKey;
import io.strongroom.evidence.pack.write.PackDescription.Tool;
import io.strongroom.evidence.pack.write.PolicyFiles;
import io.strongroom.evidence.tree.HashSource;
import io.strongroom.policies.evaluate.BuiltInPolicy;
import io.strongroom.server.database.TestDatabases;
import io.strongroom.server.ingest.SentBatches;
import io.strongroom.server.keys.LocalKeys;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.policy.PolicyHistory;
import io.strongroom.server.privacy.RecordSights;
import io.strongroom.server.privacy.TestVisibility;
import io.strongroom.server.spool.Spool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Packs with real keys over any ledger. */
final class TestPacks {
    private TestPacks() {}

    static LedgerPacks of(LedgerReader ledger, Supplier<HashSource> hashes, Supplier<Digest> root, Path folder)
            throws IOException {
        return of(ledger, hashes, root, folder, TestVisibility.all());
    }

    static LedgerPacks of(
            LedgerReader ledger, Supplier<HashSource> hashes, Supplier<Digest> root, Path folder, RecordSights sights)
            throws IOException {
        return of(ledger, hashes, root, folder, sights, new Spool(folder.resolve("spool"), 0));
    }

    static LedgerPacks of(
            LedgerReader ledger,
            Supplier<HashSource> hashes,
            Supplier<Digest> root,
            Path folder,
            RecordSights sights,
            Spool spool)
            throws IOException {
        InstantSource clock = () -> Instant.ofEpochMilli(MemoryLedger.MIDNIGHT);
        LocalKeys keys = LocalKeys.create(
                Files.createDirectory(folder.resolve("keys")),
                Origin.of("log.example.org", TestDatabases.TENANT, "0123456789abcdef0123456789abcdef"),
                clock,
                new SecureRandom());
        PackCheckpoints checkpoints = new PackCheckpoints() {
            @Override
            public SignedNote forPack() {
                return new Checkpoint(keys.origin().value(), ledger.size(), root.get())
                        .sign(keys.sealSigners().toArray(NoteSigner[]::new));
            }

            @Override
            public Optional<SignedNote> witnessed(long size) {
                return Optional.empty();
            }

            @Override
            public HashSource hashes(long size) {
                return hashes.get();
            }

            @Override
            public List<VerifierKey> logKeys() {
                return LogKeys.of(keys.published());
            }
        };
        return new LedgerPacks(
                ledger,
                new ChosenRecords(id -> place(ledger, id)),
                checkpoints,
                sights,
                digest -> Optional.empty(),
                new NoBatches(),
                keys,
                new BuiltInPolicy(),
                (from, to) -> new PolicyHistory.Decided(List.of(builtIn()), List.of()),
                TestDatabases.TENANT,
                spool,
                new Tool("strongroom", "test"),
                clock,
                new SecureRandom());
    }

    private static OptionalLong place(LedgerReader ledger, RecordId id) {
        long[] place = {-1};
        ledger.read(0, ledger.size(), false, row -> {
            place[0] = row.entry().id().equals(id) ? row.entry().seq() : place[0];
            return place[0] < 0;
        });
        return place[0] < 0 ? OptionalLong.empty() : OptionalLong.of(place[0]);
    }

    private static final class NoBatches implements SentBatches {
        @Override
        public Optional<byte[]> find(Digest batch) {
            return Optional.empty();
        }

        @Override
        public Optional<PublicKey> key(String device, Digest id) {
            return Optional.empty();
        }
    }

    private static PolicyFiles builtIn() {
        BuiltInPolicy policy = new BuiltInPolicy();
        return new PolicyFiles(policy.bundle().digest(), "", policy.bundle().version(), policy.files());
    }
}

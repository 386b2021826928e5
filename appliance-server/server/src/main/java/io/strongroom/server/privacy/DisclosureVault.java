package io.strongroom.server.privacy;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.TenantId;
import io.strongroom.evidence.field.Disclosure;
import io.strongroom.policies.Classification;
import io.strongroom.server.database.Database;
import io.strongroom.server.keys.InstallationSecrets;
import io.strongroom.server.keys.WrappingKeys;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Seals the disclosures of records, and opens them. For any number of threads. */
final class DisclosureVault implements DisclosureSealer, DisclosureOpener, LineSealer {
    private final KeyNames names;
    private final DataKeys keys;
    private final DisclosureCipher cipher;
    private final PackedLines lines = new PackedLines();

    /** @param random cryptographically strong */
    DisclosureVault(
            Database database,
            TenantId tenant,
            WrappingKeys wrapping,
            InstallationSecrets secrets,
            RandomGenerator random,
            InstantSource clock) {
        this.names = new KeyNames(secrets.idempotencyKey(), tenant);
        this.keys = new DataKeys(database, wrapping, random, clock);
        this.cipher = new DisclosureCipher(tenant, random);
    }

    @Override
    public Sealed seal(
            RecordId id,
            Digest recordDigest,
            @Nullable String subject,
            Map<Classification, List<Disclosure>> disclosures,
            int[] findable) {
        if (disclosures.isEmpty()) {
            return Sealed.NOTHING;
        }
        DataKeys.Given given = key(id, subject);
        DataKey key = given.key();
        List<SealedDisclosures> sealed = new ArrayList<>(disclosures.size() + 1);
        disclosures.forEach((classification, some) -> sealed.add(new SealedDisclosures(
                classification.name(), key.id(), cipher.seal(key, id, recordDigest, classification.name(), some))));
        if (findable.length > 0) {
            sealed.add(SealedDisclosures.findable(key.id(), findable));
        }
        return new Sealed(sealed, given.unstored());
    }

    @Override
    public Sealed sealLine(RecordId id, Digest recordDigest, @Nullable String subject, byte[] body, byte[] line) {
        DataKeys.Given given = key(id, subject);
        byte[] ciphertext = cipher.seal(given.key(), id, recordDigest, SealedText.ofLine(lines.pack(line, body)));
        return new Sealed(
                List.of(new SealedDisclosures(
                        SealedDisclosures.LINE, given.key().id(), ciphertext)),
                given.unstored());
    }

    /**
     * The line that {@link #sealLine} encrypted beside the record of that {@code body}; empty once its key has been erased.
     *
     * @throws DisclosureDamagedException if anything that the ciphertext is bound to is not what it was
     */
    Optional<byte[]> openLine(RecordId id, Digest recordDigest, byte[] body, SealedDisclosures sealed) {
        return keys.find(sealed.dataKey())
                .map(key -> PackedLines.unpack(cipher.openLine(key, id, recordDigest, sealed), body));
    }

    private DataKeys.Given key(RecordId id, @Nullable String subject) {
        return keys.ofName(subject != null ? names.subject(subject) : names.day(day(id)));
    }

    private static LocalDate day(RecordId id) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(id.epochMillis()), ZoneOffset.UTC);
    }

    @Override
    public List<Opened> open(RecordId id, Digest recordDigest, List<SealedDisclosures> sealed) {
        List<Opened> open = new ArrayList<>();
        for (SealedDisclosures each : sealed) {
            if (each.isFindable() || each.isLine()) {
                continue;
            }
            Optional<DataKey> key = keys.find(each.dataKey());
            if (key.isPresent()) {
                Classification classification = Classification.valueOf(each.classification());
                for (Disclosure disclosure : cipher.open(key.get(), id, recordDigest, each)) {
                    open.add(new Opened(disclosure, classification));
                }
            }
        }
        return open;
    }
}

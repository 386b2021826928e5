package io.strongroom.bench;

import io.strongroom.api.GapCause;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.batch.BatchHead;
import io.strongroom.evidence.batch.verify.SignedBatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What a pack holds of devices' sequence numbers and of numbered log lines: which are there, which twice, and which are named
 * by a gap.
 */
final class ChaosAccount {
    private static final Pattern LINE = Pattern.compile(ChaosAgent.MARK + " (\\w+) (\\d+) end");

    /** By device, stream and epoch. */
    private final Map<String, BitSet> there = new HashMap<>();

    private final Map<String, BitSet> lines = new HashMap<>();
    private final Map<String, BatchHead> batches = new HashMap<>();
    private long doubled;
    private long doubledLines;
    private long gaps;
    private long named;

    private ChaosAccount() {}

    static ChaosAccount of(Path pack) throws IOException {
        ChaosAccount account = new ChaosAccount();
        try (ZipFile zip = new ZipFile(pack.toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                if (entry.getName().contains("/data/batches/")
                        && entry.getName().endsWith(".cose")) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        SignedBatch batch = SignedBatch.parse(in.readAllBytes());
                        account.batches.put(batch.digest().toString(), batch.head());
                    }
                }
            }
            entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                if (entry.getName().contains("/data/records/")) {
                    try (BufferedReader records = new BufferedReader(
                            new InputStreamReader(zip.getInputStream(entry), StandardCharsets.UTF_8))) {
                        for (String record = records.readLine(); record != null; record = records.readLine()) {
                            account.take(record);
                        }
                    }
                }
            }
        }
        return account;
    }

    private void take(String text) throws IOException {
        Json.Obj record = Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
        if (record.get("batch").isEmpty()) {
            return;
        }
        Json.Obj place = record.object("batch");
        BatchHead head = batches.get(place.text("digest"));
        if (head == null) {
            throw new IOException("the pack has no batch " + place.text("digest"));
        }
        BitSet numbers = numbers(head);
        int number = Math.toIntExact(head.first() + place.integer("line"));
        if (numbers.get(number)) {
            doubled++;
        }
        numbers.set(number);
        if (record.text("action").equals(GapCause.NOTICE)) {
            gap(head, number, record.object("attributes"));
        }
        Matcher matcher = LINE.matcher(text);
        if (matcher.find()) {
            BitSet seen = lines.computeIfAbsent(matcher.group(1), agent -> new BitSet());
            int line = Integer.parseInt(matcher.group(2));
            if (seen.get(line)) {
                doubledLines++;
            }
            seen.set(line);
        }
    }

    private BitSet numbers(BatchHead head) {
        return there.computeIfAbsent(
                head.device().value() + " " + head.stream().value() + " " + head.epoch(), place -> new BitSet());
    }

    /** It stands in the last of the places that it names. */
    private void gap(BatchHead head, int number, Json.Obj attributes) {
        gaps++;
        int first = Math.toIntExact(attributes.integer("first"));
        if (head.epoch().toString().equals(attributes.optionalText("epoch"))) {
            numbers(head).set(first, number);
            named += number - first + 1;
        }
    }

    boolean hasLine(String agent, long line) {
        BitSet seen = lines.get(agent);
        return seen != null && seen.get(Math.toIntExact(line));
    }

    /** How many are there, over all devices, streams and epochs. */
    long sequences() {
        return there.values().stream().mapToLong(BitSet::cardinality).sum();
    }

    /** How many below the highest of their stream and epoch are neither there nor named. */
    long missing() {
        return there.values().stream()
                .mapToLong(numbers -> numbers.length() - numbers.cardinality())
                .sum();
    }

    long doubled() {
        return doubled;
    }

    long doubledLines() {
        return doubledLines;
    }

    long gaps() {
        return gaps;
    }

    /** How many numbers gaps name. */
    long named() {
        return named;
    }

    long epochs() {
        return there.size();
    }
}

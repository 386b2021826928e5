package io.strongroom.evidence.pack.write;

import java.util.List;

/** What has gone into a pack so far. Owned by the thread that writes it. */
final class PackContents {
    List<WrittenPart> records = List.of();
    List<WrittenPart> entries = List.of();
    List<WrittenPart> disclosures = List.of();
    List<WrittenPart> masked = List.of();
    long linesDone;

    long lines(List<WrittenPart> parts) {
        return parts.stream().mapToLong(WrittenPart::lines).sum();
    }
}

package io.strongroom.evidence.pack.write;

import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.pack.PackLayout;
import java.util.List;

/** The bag's metadata (RFC 8493 section 2.2.2). */
final class BagInfo {
    private BagInfo() {}

    static String render(PackDescription pack, List<WrittenFile> written) {
        long bytes = 0;
        long files = 0;
        for (WrittenFile file : written) {
            if (file.path().startsWith(PackLayout.PAYLOAD)) {
                bytes += file.size();
                files++;
            }
        }
        return "Bag-Software-Agent: " + pack.tool().name() + " " + pack.tool().version() + "\n"
                + "Bagging-Date: " + Rfc3339.format(pack.createdAt()).substring(0, 10) + "\n"
                + "External-Identifier: " + pack.packId() + "\n"
                + "Payload-Oxum: " + bytes + "." + files + "\n";
    }
}

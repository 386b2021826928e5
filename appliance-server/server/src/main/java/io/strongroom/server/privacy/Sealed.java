package io.strongroom.server.privacy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept beside a record of what it withholds.
 *
 * @param disclosures one for each class, and what stands beside them
 * @param newKey the key that opens them, where it is to be stored with the record
 */
public record Sealed(
        List<SealedDisclosures> disclosures, @Nullable NewDataKey newKey) {
    /** Of a record that withholds nothing. */
    public static final Sealed NOTHING = new Sealed(List.of(), null);

    /** Both, of one record: they have the same key. */
    public Sealed and(Sealed more) {
        List<SealedDisclosures> all = new ArrayList<>(disclosures);
        all.addAll(more.disclosures);
        return new Sealed(List.copyOf(all), newKey != null ? newKey : more.newKey);
    }
}

package io.strongroom.console.explorer;

import io.strongroom.console.desk.Desk;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Answer;
import io.strongroom.console.work.Asked;
import io.strongroom.console.work.Loaded;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;

/** The proof of the record that is looked at: fetched and verified here, as soon as somebody looks at it. */
final class ShownProof {
    private final Desk desk;
    private final Archive archive;
    private final Asked<Proven> proof;
    private final BooleanProperty looked = new SimpleBooleanProperty();
    private @Nullable RecordRow row;

    ShownProof(Desk desk, Archive archive) {
        this.desk = desk;
        this.archive = archive;
        this.proof = desk.connection().asked();
        looked.addListener((at, was, is) -> prove());
    }

    /** What became of it. */
    ReadOnlyObjectProperty<Loaded<Proven>> state() {
        return proof.state();
    }

    /** Whether it is looked at, and so verified. */
    BooleanProperty looked() {
        return looked;
    }

    /** It is of this record now; null for none. */
    void of(@Nullable RecordRow chosen) {
        row = chosen;
        proof.clear();
        prove();
    }

    private void prove() {
        if (looked.get() && proof.state().get() instanceof Loaded.Nothing<Proven>) {
            again();
        }
    }

    /** Fetches and verifies it, whatever was found before. */
    void again() {
        RecordRow now = row;
        if (now != null) {
            proof.another(progress -> Proven.verify(archive.proof(now.id()), archive.trustFile(), now.item()));
        }
    }

    /** Writes it to a file. */
    void save() {
        Proven shown = proof.state().get().value();
        RecordRow now = row;
        if (shown != null && now != null) {
            desk.dialogs()
                    .save(
                            desk.texts().get("explorer.proof.save"),
                            now.id() + ".tlog-proof",
                            file -> save(file, shown.file()));
        }
    }

    private void save(Path file, byte[] bytes) {
        Texts texts = desk.texts();
        desk.background().latest().start(progress -> Files.write(file, bytes), new Answer<Path>() {
            @Override
            public void done(Path written) {
                desk.dialogs().told(texts.get("explorer.saved", written.getFileName()));
            }

            @Override
            public void failed(Exception why) {
                desk.dialogs()
                        .failed(
                                texts.get("explorer.proof.save"),
                                desk.connection().troubles().of(why));
            }
        });
    }
}

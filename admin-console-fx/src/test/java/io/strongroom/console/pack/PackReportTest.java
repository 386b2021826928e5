package io.strongroom.console.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.console.Window;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Background;
import io.strongroom.evidence.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackReportTest {

    @TempDir
    Path folder;

    private final LinkedBlockingQueue<Runnable> ui = new LinkedBlockingQueue<>();
    private final PackViewModel model = new PackViewModel(
            new Background(ui::add),
            InstantSource.fixed(Instant.parse("2026-11-22T09:30:00Z")),
            "Strongroom verifier 0.1.0");

    private static Path golden(String name) {
        return Path.of(Objects.requireNonNull(PackReportTest.class.getResource("/golden/" + name))
                .getPath());
    }

    /** What would run on the UI thread runs here. */
    private void until(BooleanSupplier reached) throws InterruptedException {
        while (!reached.getAsBoolean()) {
            Objects.requireNonNull(ui.poll(30, TimeUnit.SECONDS), "nothing happens any more")
                    .run();
        }
    }

    private void verified(Path pack, String trust) throws InterruptedException {
        model.trust(golden(trust));
        until(() -> model.trust().get() != null);
        model.open(pack);
        until(() -> model.state().get() == PackViewModel.State.VERDICT);
    }

    private Path saved(Locale language) throws InterruptedException {
        Path target = folder.resolve("report.pdf");
        model.saveReport(target, Texts.in(language));
        until(() -> !model.saving().running().get());
        return target;
    }

    private static String read(Path pdf, String picture) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf.toFile())) {
            if (Window.TAKES_PICTURES) {
                draw(document, picture);
            }
            return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
        }
    }

    private static void draw(PDDocument document, String picture) throws IOException {
        Files.createDirectories(Window.PICTURES);
        for (int page = 0; page < document.getNumberOfPages(); page++) {
            ImageIO.write(
                    new PDFRenderer(document).renderImageWithDPI(page, 110),
                    "png",
                    Window.PICTURES.resolve(picture + "-" + (page + 1) + ".png").toFile());
        }
    }

    @Test
    void ofAPackThatHoldsItSaysTheVerdictEveryRungAndWhatItWasHeldAgainst() throws Exception {
        Path pack = golden("pack-v1-approved.zip");
        verified(pack, "trust-v1-approved.txt");
        String text = read(saved(Locale.ENGLISH), "report-held");
        assertThat(model.saving().failure().get()).isNull();
        assertThat(text)
                .contains("Verified This is what the ledger took in")
                .contains("Complete holds", "Intact holds", "Signed holds", "Recorded holds")
                .contains("Witnessed yes", "Time-stamped no", "Approved yes")
                .contains("ann@example.com as Compliance.Reviewer", "yearly audit of the doors")
                .contains("Records left out, entry here 1 (11)", "Places left out 2 (3, 17)")
                .contains("2026-11-22T09:30:00Z", "By Strongroom verifier 0.1.0");
        assertThat(text.replace(" ", ""))
                .contains(Digest.of(Files.readAllBytes(pack)).toString())
                .contains(Digest.of(Files.readAllBytes(golden("trust-v1-approved.txt")))
                        .toString());
    }

    @Test
    void ofABrokenPackItNamesThePlaceInGermanAsWell() throws Exception {
        byte[] bytes = Files.readAllBytes(golden("pack-v1.zip"));
        String content = new String(bytes, StandardCharsets.ISO_8859_1);
        bytes[content.indexOf("user5@example.com")] ^= 1;
        verified(Files.write(folder.resolve("geändert.zip"), bytes), "trust-v1.txt");
        String text = read(saved(Locale.GERMAN), "report-broken");
        assertThat(text)
                .contains("Durchgefallen Verlassen Sie sich nicht auf dieses Paket.")
                .contains("Vollständig hält", "Unversehrt hält nicht")
                .contains("Unterschrieben nicht geprüft", "Verzeichnet nicht geprüft")
                .contains("Die erste Stelle, an der es nicht hält Datei data/records/part-00000.ndjson")
                .contains("Platz im Hauptbuch 5")
                .doesNotContain("Was darin ist");
        assertThat(text.replace(" ", "")).contains(Digest.of(bytes).toString());
    }

    @Test
    void aPackThatWasWrittenToSinceIsNotReportedOn() throws Exception {
        Path pack = Files.copy(golden("pack-v1.zip"), folder.resolve("pack.zip"));
        verified(pack, "trust-v1.txt");
        Files.write(pack, new byte[1]);
        Path target = folder.resolve("report.pdf");
        model.saveReport(target, Texts.in(Locale.ENGLISH));
        until(() -> model.saving().failure().get() != null);
        assertThat(target).doesNotExist();
    }
}

package io.strongroom.installer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code strongroom guide}: makes the pages that the console opens, of the guide as it is written. */
@Command(name = "guide", hidden = true, description = "Makes the officers' guide as pages for a browser.")
final class GuideCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "MARKDOWN",
            description = "The guide as it is written; its pictures lie beside it.")
    private Path written = Path.of("guide-console.md");

    @Parameters(index = "1", paramLabel = "FOLDER", description = "Where the pages go.")
    private Path folder = Path.of("guide");

    @Override
    public Integer call() throws IOException {
        new GuidePages(written).write(folder);
        return 0;
    }
}

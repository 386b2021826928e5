package io.strongroom.evidence.pack.write;

import java.io.IOException;
import java.io.OutputStream;

/** Opens the zip writer to tests of the reader. */
public final class ZipFixture {
    private final ZipStream zip;

    private ZipFixture(OutputStream out) {
        this.zip = new ZipStream(out);
    }

    /** Puts files into a zip. */
    public interface Files {
        void into(ZipFixture zip) throws IOException;
    }

    /** Writes a zip. */
    public static void write(OutputStream out, Files files) throws IOException {
        ZipFixture zip = new ZipFixture(out);
        files.into(zip);
        zip.zip.finish();
    }

    /** A file that is the chunk so many times. */
    public void file(String path, long mostBytes, byte[] chunk, long times) throws IOException {
        try (ZipStream.Content content = zip.begin(path, mostBytes, 0)) {
            for (long i = 0; i < times; i++) {
                content.write(chunk, 0, chunk.length);
            }
            content.end();
        }
    }

    /** Bytes written so far. */
    public long written() {
        return zip.written();
    }
}

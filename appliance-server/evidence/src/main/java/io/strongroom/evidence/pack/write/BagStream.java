package io.strongroom.evidence.pack.write;

import io.strongroom.evidence.pack.PackLayout;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes the bag's files into its zip, one after the other, and remembers their digests. */
final class BagStream {
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9._@+=-]+(/[A-Za-z0-9._@+=-]+)*");

    private final ZipStream zip;
    private final String folder;
    private final int level;
    private final List<WrittenFile> written = new ArrayList<>();
    private final Set<String> paths = new HashSet<>();

    /**
     * @param level of deflation for lines
     */
    BagStream(OutputStream out, String folder, int level) {
        this.level = level;
        this.zip = new ZipStream(out);
        this.folder = folder;
    }

    /** The files written so far, in order. */
    List<WrittenFile> written() {
        return written;
    }

    WrittenFile text(String path, String content) throws IOException {
        return bytes(path, content.getBytes(StandardCharsets.UTF_8));
    }

    WrittenFile bytes(String path, byte[] content) throws IOException {
        try (FileOutput file = open(path, content.length, false)) {
            file.write(content, 0, content.length);
            return file.end();
        }
    }

    void attach(Attachment attachment) throws IOException {
        try (FileOutput file = open(attachment.path(), attachment.length(), false);
                InputStream content = attachment.content().open()) {
            long length = content.transferTo(file);
            if (length != attachment.length()) {
                throw new IOException(
                        attachment.path() + " has " + length + " bytes, not the " + attachment.length() + " announced");
            }
            file.end();
        }
    }

    /** Begins a file; {@link FileOutput#end} must be called before the next. */
    FileOutput open(String path, long mostBytes, boolean shrinks) {
        String alike = path.toLowerCase(Locale.ROOT);
        if (!PATH.matcher(path).matches() || List.of(path.split("/")).stream().anyMatch(name -> name.startsWith("."))) {
            throw new IllegalArgumentException("a pack's path is made of A-Z a-z 0-9 . _ @ + = - and slashes, and no "
                    + "name begins with a dot; this is not: " + path);
        }
        if (!paths.add(alike)) {
            throw new IllegalArgumentException("two files of the pack would be named " + path);
        }
        return new FileOutput(path, zip.begin(folder + "/" + path, mostBytes, shrinks ? level : 0));
    }

    /** Ends the zip. */
    long finish() throws IOException {
        zip.finish();
        return zip.written();
    }

    /** BagIt's manifest of the files under {@code data/}, or of all others. */
    String manifest(boolean payload) {
        StringBuilder lines = new StringBuilder();
        for (WrittenFile file : written) {
            if (file.path().startsWith(PackLayout.PAYLOAD) == payload) {
                lines.append(file.digest().hex())
                        .append("  ")
                        .append(file.path())
                        .append('\n');
            }
        }
        return lines.toString();
    }

    /** One file's bytes. */
    final class FileOutput extends OutputStream {
        private final String path;
        private final ZipStream.Content content;

        private FileOutput(String path, ZipStream.Content content) {
            this.path = path;
            this.content = content;
        }

        long size() {
            return content.length();
        }

        @Override
        public void write(int b) throws IOException {
            content.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            content.write(bytes, offset, length);
        }

        WrittenFile end() throws IOException {
            WrittenFile file = new WrittenFile(path, content.end(), content.length());
            written.add(file);
            return file;
        }

        @Override
        public void close() {
            content.close();
        }
    }
}

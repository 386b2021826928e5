package io.strongroom.evidence.pack.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A pack's zip, read by its central directory after every local header has been compared with it. */
final class ZipBag implements Bag {
    private final FileChannel channel;
    private final SortedMap<String, Long> files = new TreeMap<>();
    private final Map<String, ZipMember> members = new HashMap<>();

    private String folder = "";

    private ZipBag(FileChannel channel) {
        this.channel = channel;
    }

    static ZipBag open(Path zip) throws IOException {
        FileChannel channel = FileChannel.open(zip, StandardOpenOption.READ);
        try {
            ZipBag bag = new ZipBag(channel);
            bag.index(new ZipDirectory(ZipSource.of(channel)).read());
            return bag;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void index(List<ZipMember> found) throws RefusedException {
        PathRules rules = new PathRules();
        for (ZipMember member : found) {
            String name = member.name();
            int slash = name.indexOf('/');
            if (slash <= 0 || slash == name.length() - 1) {
                throw new RefusedException(name, "files in one top folder", "a file or folder beside it");
            }
            String top = name.substring(0, slash);
            if (folder.isEmpty()) {
                new PathRules().take(name);
                folder = top;
            } else if (!folder.equals(top)) {
                throw new RefusedException(name, "files in the one top folder " + folder, "another top folder");
            }
            String path = name.substring(slash + 1);
            rules.take(path);
            files.put(path, member.size());
            members.put(path, member);
        }
        rules.end();
    }

    @Override
    public SortedMap<String, Long> files() {
        return Collections.unmodifiableSortedMap(files);
    }

    @Override
    public @Nullable String folder() {
        return folder;
    }

    @Override
    public InputStream open(String path) throws IOException {
        ZipMember member = members.get(path);
        if (member == null) {
            throw new RefusedException(path, "the file", "no such file");
        }
        return new ZipContent(ZipSource.of(channel), path, member);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

package io.strongroom.console.rules;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * Has git read no settings but those of the repository: somebody's {@code http.sslVerify=false} or a filter for files is
 * not to decide whom this program believes, or what it commits.
 */
final class OwnGitSettings extends SystemReader.Delegate {
    private OwnGitSettings(SystemReader machine) {
        super(machine);
    }

    /** For the whole process. */
    static synchronized void use() {
        if (!(SystemReader.getInstance() instanceof OwnGitSettings)) {
            SystemReader.setInstance(new OwnGitSettings(SystemReader.getInstance()));
        }
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS files) {
        return nothing(parent, files);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS files) {
        return nothing(parent, files);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS files) {
        return nothing(parent, files);
    }

    private static FileBasedConfig nothing(Config parent, FS files) {
        return new FileBasedConfig(parent, null, files) {
            /** Of every disk, that it tells times to two seconds: measuring it takes seconds, and writes files. */
            @Override
            public @Nullable String getString(String section, @Nullable String subsection, String name) {
                return ConfigConstants.CONFIG_FILESYSTEM_SECTION.equals(section)
                        ? "2 seconds"
                        : super.getString(section, subsection, name);
            }

            @Override
            public void load() {
                // There is no file.
            }

            @Override
            public boolean isOutdated() {
                return false;
            }
        };
    }
}

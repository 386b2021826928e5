package io.strongroom.server.policy.repository;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the library from what this machine's user has set for git, and from asking the machine's git for it: what the
 * appliance accepts depends on the appliance alone.
 */
final class OwnGitSettings extends SystemReader.Delegate {
    private OwnGitSettings(SystemReader machine) {
        super(machine);
    }

    /** Takes effect for the whole process; a second call changes nothing. */
    static synchronized void use() {
        SystemReader now = SystemReader.getInstance();
        if (!(now instanceof OwnGitSettings)) {
            SystemReader.setInstance(new OwnGitSettings(now));
        }
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS files) {
        return new Nothing(parent, files);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS files) {
        return new Nothing(parent, files);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS files) {
        return new Nothing(parent, files);
    }

    /**
     * Settings in no file. They say one thing, of every disk: that it tells times to two seconds, the coarsest there
     * is, so that a file younger than that is read again rather than believed unchanged. The library would take seconds
     * at each start to measure it, and write its probes among the repository's files.
     */
    private static final class Nothing extends FileBasedConfig {
        private static final String COARSEST = "2 seconds";

        private Nothing(Config parent, FS files) {
            super(parent, null, files);
        }

        @Override
        public @Nullable String getString(String section, @Nullable String subsection, String name) {
            return ConfigConstants.CONFIG_FILESYSTEM_SECTION.equals(section)
                    ? COARSEST
                    : super.getString(section, subsection, name);
        }

        @Override
        public void load() {
            // There is nothing to read.
        }

        @Override
        public void save() {
            // Nothing is kept.
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}

package io.strongroom.server.policy.repository;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

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
            // How finely the disk tells times takes seconds to measure: until that is known, the coarsest is assumed.
            FS.FileStoreAttributes.setBackground(true);
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

    /** Settings in no file: what the library measures of a disk is measured again by the next process. */
    private static final class Nothing extends FileBasedConfig {
        private Nothing(Config parent, FS files) {
            super(parent, null, files);
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

/** Where things stand in an evidence pack: names that writer and verifier share, and nothing else that they share. */
@NullMarked
package io.strongroom.evidence.pack;

import org.jspecify.annotations.NullMarked;

/** The object store: put-once objects in a folder or in S3. */
@NullMarked
package io.strongroom.server.objects;

import org.jspecify.annotations.NullMarked;

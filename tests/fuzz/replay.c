/* Why: what once broke a reader is read again by every `make check`, also without libFuzzer. */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "tests/fuzz/fuzz.h"

static unsigned
replay(int dir)
{
	DIR *list = fdopendir(dir);
	unsigned count = 0;

	for (struct dirent *entry = list ? readdir(list) : NULL; entry; entry = readdir(list)) {
		AUTO(arena_free) struct arena *a = arena_new();
		struct bytes file;
		struct err e = { 0 };

		if (entry->d_name[0] == '.')
			continue;
		if (file_read(&file, a, dirfd(list), entry->d_name, (size_t)64 << 20, &e) !=
		    OK) {
			fprintf(stderr, "%s\n", e.text);
			exit(1);
		}
		(void)LLVMFuzzerTestOneInput((const uint8_t *)file.at, file.len); /* aborts */
		count++;
	}
	if (list)
		(void)closedir(list);
	return count;
}

/* replay FOLDER…: prints how many files were read. */
int
main(int argc, char **argv)
{
	unsigned count = 0;

	for (int i = 1; i < argc; i++) {
		int dir = open(argv[i], O_RDONLY | O_DIRECTORY | O_CLOEXEC);

		if (dir < 0) {
			perror(argv[i]);
			return 1;
		}
		count += replay(dir);
	}
	printf("%u inputs\n", count);
	return count == 0;
}

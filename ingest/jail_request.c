/*
 * Why: a reader's two descriptors travel from the program to the spawner, and nothing comes
 * back but through the reader's pipe.
 */
#include "ingest/jail_int.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

struct request {
	bool mail, all_parts, tables, no_digests;
	uint32_t name_len;
	char name[JAIL_NAME];
};

/* Descriptors beside a message, as cmsg(3) lays them out. */
union rights {
	struct cmsghdr head;
	char room[CMSG_SPACE(2 * sizeof(int))];
};

static struct msghdr
message(struct iovec *body, union rights *rights)
{
	return (struct msghdr){ .msg_iov = body,
		.msg_iovlen = 1,
		.msg_control = rights,
		.msg_controllen = sizeof(*rights) };
}

int
jail_request_send(int socket, const struct jail_job *job, int out, struct err *e)
{
	struct request request = { .mail = job->mail,
		.all_parts = job->all_parts,
		.tables = job->tables,
		.no_digests = job->no_digests,
		.name_len = (uint32_t)job->name.len };
	int ends[] = { [JAIL_IN] = job->fd, [JAIL_OUT] = out };
	struct iovec body = { .iov_base = &request, .iov_len = sizeof(request) };
	union rights rights = { .head = { .cmsg_len = CMSG_LEN(sizeof(ends)),
				    .cmsg_level = SOL_SOCKET,
				    .cmsg_type = SCM_RIGHTS } };
	struct msghdr m = message(&body, &rights);
	ssize_t sent;

	if (job->name.len > JAIL_NAME)
		return err_set(e, ERR_INPUT, "a file name of %zu bytes; the limit is %d",
		    job->name.len, JAIL_NAME);
	if (job->name.len > 0)
		memcpy(request.name, job->name.at, job->name.len);
	memcpy(CMSG_DATA(&rights.head), ends, sizeof(ends));
	do
		sent = sendmsg(socket, &m, MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	if (sent < 0 && errno == EPIPE)
		return err_set(e, ERR_LATER, "the process that starts readers is gone");
	if (sent < 0)
		return err_set(e, ERR_LATER, "no reader can be asked for: %s", strerror(errno));
	return OK;
}

bool
jail_request_take(struct jail_job *out, char name[JAIL_NAME], int socket)
{
	static const int free_ones[] = { JAIL_IN, JAIL_OUT };
	struct request request;
	struct iovec body = { .iov_base = &request, .iov_len = sizeof(request) };
	union rights rights;
	struct msghdr m = message(&body, &rights);
	ssize_t len;

	do
		len = recvmsg(socket, &m, 0);
	while (len < 0 && errno == EINTR);
	/* The kernel gives the lowest numbers that are free, in order. */
	if (len != sizeof(request) || rights.head.cmsg_len != CMSG_LEN(sizeof(free_ones)) ||
	    memcmp(CMSG_DATA(&rights.head), free_ones, sizeof(free_ones)) != 0)
		return false;
	memcpy(name, request.name, sizeof(request.name));
	*out = (struct jail_job){ .fd = JAIL_IN,
		.mail = request.mail,
		.name = { .at = name, .len = request.name_len },
		.all_parts = request.all_parts,
		.tables = request.tables,
		.no_digests = request.no_digests };
	return true;
}

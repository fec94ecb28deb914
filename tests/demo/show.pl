#!/usr/bin/perl
# Shows a letter as a person reads it: subject, plain text, names of attachments. Uses nothing but perl-base.
use strict;
use warnings;

sub base64 {
	my $text = shift;
	$text =~ tr{A-Za-z0-9+/}{}cd;
	$text =~ tr{A-Za-z0-9+/}{ -_};
	return join '', map { unpack 'u', chr(32 + int(length($_) * 3 / 4)) . $_ } $text =~ /(.{1,60})/g;
}

sub quoted {
	my $text = shift;
	$text =~ s/=\r?\n//g;
	$text =~ s/=([0-9A-Fa-f]{2})/chr hex $1/ge;
	return $text;
}

sub words {
	my $text = shift;
	$text =~ s/\?=\s+=\?/?==?/g;
	$text =~ s/=\?utf-8\?b\?([^?]*)\?=/base64($1)/gie;
	$text =~ s/=\?utf-8\?q\?([^?]*)\?=/(my $q = $1) =~ tr{_}{ }; quoted($q)/gie;
	return $text;
}

sub parse {
	my ($head, $body) = split /\n\n/, shift, 2;
	$head =~ s/\n[ \t]+/ /g;
	my %field = map { /^([^:]+):\s*(.*)$/ ? (lc $1, $2) : () } split /\n/, $head;
	return (\%field, $body // '');
}

my $shown = 0;
sub show {
	my ($field, $body) = parse(shift);
	my $type = $field->{'content-type'} // 'text/plain';
	if ($type =~ /^multipart\//i && $type =~ /boundary="?([^";]+)"?/) {
		my (undef, @parts) = split /\n?--\Q$1\E(?=[\n-])/, "\n$body";
		show($_) for map { s/^\n//r } grep { !/^--/ } @parts;
		return;
	}
	if (($field->{'content-disposition'} // '') =~ /^attachment/i) {
		my ($name) = $type =~ /name="([^"]*)"/;
		printf "[%s]\n", words($name // 'attachment');
	} elsif ($type =~ /^text\/plain/i && !$shown++) {
		my $encoding = lc($field->{'content-transfer-encoding'} // '');
		print $encoding eq 'base64' ? base64($body) : $encoding eq 'quoted-printable' ? quoted($body) : $body;
		print "\n";
	}
}

local $/;
my $mail = <>;
$mail =~ s/\r\n/\n/g;
my ($field) = parse($mail);
for my $name ('From', 'To', 'Subject') {
	printf "%s: %s\n", $name, words($field->{ lc $name } // '');
}
print "\n";
show($mail);

package examplecodes

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// FindRelease finds the release that answers for a firmware: the firmware's own, else the nearest before it, else the
// oldest; and the newest where none is given, or none that can be read. There is always one, and its Match says which
// of these. It gets false for the oldest and the newest, which only stand in for what is not known.
//
// It takes the spellings that stations and people use: r1.2.3, 1.2.3, abc_R1.2.3.4, r1.2.3-0-g0123abc. Numbers are
// compared as numbers.
func FindRelease(firmware string) (FoundRelease, bool) {
	place, match := answering(firmware)
	found := FoundRelease{Release: releases[place].clone(), IsExact: match == ReleaseMatchExact, Match: match}
	return found, match == ReleaseMatchExact || match == ReleaseMatchNearestEarlier
}

// A build is what the spelling of a firmware says; commit is empty where no hash was given.
type build struct {
	numbers []int
	commit  string
}

// isOneWith says whether it can be that build: the hash counts as far as both give it.
func (b build) isOneWith(other build) bool {
	return slices.Equal(b.numbers, other.numbers) &&
		(strings.HasPrefix(other.commit, b.commit) || strings.HasPrefix(b.commit, other.commit))
}

// The tag, the commits past it, the hash.
var spelling = regexp.MustCompile(`\A(?:` + firmwareSpelling + `)\z`)

var digits = regexp.MustCompile(`[0-9]+`)

// Numbers that a tag leaves out count as zeros, and the commits stand behind them.
func readFirmware(text string) (build, bool) {
	match := spelling.FindStringSubmatch(text)
	if match == nil {
		return build{}, false
	}
	numbers := make([]int, mostFirmwareNumbers+1)
	for i, number := range digits.FindAllString(match[1], mostFirmwareNumbers) {
		numbers[i], _ = strconv.Atoi(number) // of five digits at most
	}
	numbers[mostFirmwareNumbers], _ = strconv.Atoi(match[2]) // 0 where there is none
	return build{numbers, strings.ToLower(match[3])}, true
}

var builds = func() []build {
	all := make([]build, len(releases))
	for i, release := range releases {
		all[i], _ = readFirmware(release.Build)
	}
	return all
}()

// answering gives the place among all of the release that answers for a firmware, and how it relates to that.
func answering(firmware string) (place int, match ReleaseMatch) {
	asked, readable := readFirmware(firmware)
	if !readable {
		return len(releases) - 1, ReleaseMatchNewest
	}
	match = ReleaseMatchOldest
	for i, known := range builds {
		if asked.isOneWith(known) {
			place, match = i, ReleaseMatchExact
		} else if slices.Compare(known.numbers, asked.numbers) <= 0 && match != ReleaseMatchExact {
			place, match = i, ReleaseMatchNearestEarlier
		}
	}
	return place, match
}

// The place of each release among all, by its name.
var places = func() map[string]int {
	all := make(map[string]int, len(releases))
	for i, release := range releases {
		all[release.Name] = i
	}
	return all
}()
